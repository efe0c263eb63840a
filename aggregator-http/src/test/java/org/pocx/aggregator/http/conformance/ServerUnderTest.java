package org.pocx.aggregator.http.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.spi.HttpServerProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.pocx.aggregator.http.testkit.RawHttpClient;

/** An engine's two servers, with and without TLS, with the same handlers. Thread-safe. */
final class ServerUnderTest implements AutoCloseable {
    /** More than the buffers of a loopback connection hold, so that a peer that does not read blocks the response. */
    static final int BIG = 32 * 1024 * 1024;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer plain;
    private final HttpsServer secure;
    private final BlockingQueue<SeenRequest> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch bigResponseFailed = new CountDownLatch(1);

    ServerUnderTest(HttpServerProvider engine, SSLContext tls) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        plain = engine.createHttpServer(anyPort, 50);
        secure = engine.createHttpsServer(anyPort, 50);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        start(plain);
        start(secure);
    }

    private void start(HttpServer server) {
        server.createContext("/", this::echo);
        server.createContext("/unread", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.createContext("/204", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.createContext("/304", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(304, -1);
            }
        });
        server.createContext("/stream", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("one".getBytes(ISO_8859_1));
                exchange.getResponseBody().flush();
                exchange.getResponseBody().write("two".getBytes(ISO_8859_1));
            }
        });
        server.createContext("/big", this::big);
        server.setExecutor(threads);
        server.start();
    }

    /** Answers with the path and the body of the request. */
    private void echo(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
            Headers copy = new Headers();
            exchange.getRequestHeaders().forEach((name, values) -> copy.put(name, new ArrayList<>(values)));
            String path = String.valueOf(exchange.getRequestURI().getPath());
            seen.add(new SeenRequest(
                    exchange.getRequestMethod(),
                    path,
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()),
                    copy,
                    body));
            byte[] answer = (path + " " + body).getBytes(ISO_8859_1);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(answer.length));
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private void big(HttpExchange exchange) throws IOException {
        try (OutputStream out = exchange.getResponseBody()) {
            exchange.sendResponseHeaders(200, BIG);
            out.write(new byte[BIG]);
        } catch (IOException cut) {
            bigResponseFailed.countDown();
            throw cut;
        }
    }

    InetSocketAddress address() {
        return plain.getAddress();
    }

    InetSocketAddress secureAddress() {
        return secure.getAddress();
    }

    RawHttpClient connect() throws IOException {
        return new RawHttpClient(address());
    }

    /** Forgets the requests that were seen. */
    void forget() {
        seen.clear();
    }

    /** The requests that reached the handler since they were forgotten, in order. */
    List<SeenRequest> seen() {
        return List.copyOf(seen);
    }

    /** Counted down when a handler could not write a big response to its end. */
    CountDownLatch bigResponseFailed() {
        return bigResponseFailed;
    }

    @Override
    public void close() {
        plain.stop(0);
        secure.stop(0);
        threads.shutdownNow();
    }
}
