package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.pocx.aggregator.core.MiningService;
import org.pocx.aggregator.core.Readiness;

/**
 * The HTTP server that miners talk to: {@code POST /} and {@code /pocx} for JSON-RPC, {@code GET /health}, {@code
 * /ready}, {@code /api/info} and, where given, {@code /stats}.
 *
 * <p>Thread-safe. Every request runs on a thread of its own. A nonce that can neither be taken nor judged is answered by
 * closing the connection, because the stock miner sends again only what got no answer.
 */
public final class MinerServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final HttpServer engine;
    private final ExecutorService threads;
    private final InFlight inFlight;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MinerServer(HttpServer engine, ExecutorService threads, InFlight inFlight) {
        this.engine = engine;
        this.threads = threads;
        this.inFlight = inFlight;
    }

    /**
     * Listens, and serves until {@link #close()}.
     *
     * @param service answers the miners
     * @param readiness asked for each {@code /ready}
     * @param stats the JSON of {@code /stats}, asked for each; without it there is no such path
     * @throws ListenException when the address cannot be listened on
     */
    public static MinerServer start(
            MinerServerSettings settings,
            MiningService service,
            Supplier<Readiness> readiness,
            Optional<Supplier<byte[]>> stats) {
        HttpServer engine = listen(settings.address());
        ExecutorService threads = RequestThreads.create();
        BasicAuth auth = new BasicAuth(settings.credentials());
        FaultLog faults = new FaultLog(System.getLogger(MinerServer.class.getName()), System::nanoTime);
        RpcEndpoint rpc = new RpcEndpoint(auth, settings.maxBodyBytes(), new RpcHandler(service, threads, faults));
        Pages pages = new Pages(settings, readiness);
        Router router = new Router();
        router.post("/", rpc);
        router.post("/pocx", rpc);
        router.get("/health", pages::health);
        router.get("/ready", pages::ready);
        router.get("/api/info", pages::info);
        stats.ifPresent(
                body -> router.get("/stats", auth.guard(exchange -> Responses.json(exchange, 200, body.get()))));
        InFlight inFlight = new InFlight();
        engine.createContext("/", new Gate(inFlight, faults, router));
        engine.setExecutor(threads);
        engine.start();
        return new MinerServer(engine, threads, inFlight);
    }

    private static HttpServer listen(InetSocketAddress address) {
        try {
            return HttpServer.create(address, BACKLOG);
        } catch (IOException failed) {
            throw new ListenException("cannot listen on " + address.getHostString() + ":" + address.getPort() + ": "
                    + reason(failed), failed);
        }
    }

    private static String reason(IOException failed) {
        String words = String.valueOf(failed.getMessage());
        if (words.contains("in use")) {
            return "the port is in use; stop the program that holds it, or choose another server.listen_address";
        }
        if (failed instanceof BindException && words.contains("Permission denied")) {
            return "ports below 1024 need more rights; choose another server.listen_address";
        }
        return words + "; choose an address of this machine as server.listen_address";
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return engine.getAddress();
    }

    /**
     * Takes no further request (they are dropped without an answer), lets those that run end within 5 s, then closes
     * every connection. Idempotent.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            inFlight.drain(DRAIN);
            // The engine's own delay counts dropped exchanges as running for ever, and JDK 21 always waits all of it.
            engine.stop(0);
            threads.shutdownNow();
        }
    }
}
