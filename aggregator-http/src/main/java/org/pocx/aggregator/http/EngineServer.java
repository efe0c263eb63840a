package org.pocx.aggregator.http;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A server: its listener, its contexts and its connections. The monitor guards what is set before it starts. */
final class EngineServer extends HttpsServer {
    private final AdmissionControl admission;
    private final EngineLimits limits;
    private final DeadlineClock clock;
    private final HttpDate date;
    private final ContextTable contexts = new ContextTable(this);
    private final ConnectionRegistry connections;
    private @Nullable Listener listener;
    private @Nullable Executor executor;
    private @Nullable ExecutorService ownThreads;
    private @Nullable HttpsConfigurator configurator;
    private boolean started;

    EngineServer(AdmissionControl admission, EngineLimits limits, DeadlineClock clock, HttpDate date) {
        this.admission = admission;
        this.limits = limits;
        this.clock = clock;
        this.date = date;
        connections = new ConnectionRegistry(clock);
    }

    @Override
    public synchronized void bind(InetSocketAddress address, int backlog) throws IOException {
        if (listener != null) {
            throw new BindException("already bound");
        }
        listener = Listener.open(address, backlog, ServerSockets.SYSTEM);
    }

    @Override
    public synchronized void start() {
        Listener bound = listener;
        if (bound == null || started) {
            throw new IllegalStateException("not bound, or started before");
        }
        started = true;
        Executor threads = executor;
        if (threads == null) {
            ownThreads = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("http-connection").factory());
            threads = ownThreads;
        }
        connections.start();
        bound.start(new ConnectionAcceptor(admission, connections, threads, this::connection));
    }

    private Connection connection(Socket socket, AdmissionControl.Slot slot) {
        @Nullable HttpsConfigurator tls;
        synchronized (this) {
            tls = configurator;
        }
        DeadlineSocket timed = new DeadlineSocket(socket, tls, limits, clock);
        return new Connection(timed, limits, contexts, connections, slot, date);
    }

    @Override
    public synchronized void setExecutor(@Nullable Executor executor) {
        requireNotStarted();
        this.executor = executor;
    }

    @Override
    public synchronized @Nullable Executor getExecutor() {
        return executor;
    }

    @Override
    public synchronized void setHttpsConfigurator(HttpsConfigurator configurator) {
        requireNotStarted();
        this.configurator = configurator;
    }

    @Override
    public synchronized @Nullable HttpsConfigurator getHttpsConfigurator() {
        return configurator;
    }

    private void requireNotStarted() {
        if (started) {
            throw new IllegalStateException("started already");
        }
    }

    @Override
    public HttpContext createContext(String path, HttpHandler handler) {
        HttpContext context = contexts.create(path);
        context.setHandler(handler);
        return context;
    }

    @Override
    public HttpContext createContext(String path) {
        return contexts.create(path);
    }

    @Override
    public void removeContext(String path) {
        contexts.remove(path);
    }

    @Override
    public void removeContext(HttpContext context) {
        contexts.remove(context.getPath());
    }

    @Override
    public synchronized @Nullable InetSocketAddress getAddress() {
        return listener == null ? null : listener.address();
    }

    @Override
    public void stop(int delaySeconds) {
        Listener bound;
        ExecutorService threads;
        synchronized (this) {
            bound = listener;
            threads = ownThreads;
        }
        if (bound != null) {
            bound.close();
        }
        connections.close(Duration.ofSeconds(delaySeconds));
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
