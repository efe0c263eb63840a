package org.pocx.aggregator.cli.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.pocx.aggregator.dashboard.DashboardServer;

/** The files of the page, with the answers of an aggregator that a test makes up: for states that take days to come. */
final class CannedDashboard implements AutoCloseable {
    private static final String POLICY =
            "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self'; connect-src 'self'; img-src 'self' data:";

    private static final Map<String, String> TYPES =
            Map.of("html", "text/html; charset=utf-8", "js", "text/javascript", "css", "text/css", "svg",
                    "image/svg+xml");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> posts = new CopyOnWriteArrayList<>();

    CannedDashboard() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI page() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** From now on the paths are answered so, without what follows "?"; all others with 404. */
    void answer(Map<String, String> jsonByPath) {
        answers.clear();
        answers.putAll(jsonByPath);
    }

    /** The decoded paths that were sent a POST since the last call. */
    List<String> posts() {
        List<String> seen = List.copyOf(posts);
        posts.clear();
        return seen;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = URLDecoder.decode(exchange.getRequestURI().getRawPath(), StandardCharsets.UTF_8);
            String json = answers.get(path);
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            if (exchange.getRequestMethod().equals("POST")) {
                posts.add(path);
                exchange.sendResponseHeaders(204, -1);
            } else if (path.equals("/events")) {
                events(exchange);
            } else if (json != null) {
                send(exchange, "application/json", json.getBytes(StandardCharsets.UTF_8));
            } else {
                file(exchange, path.equals("/") ? "index.html" : path.substring(1));
            }
        }
    }

    /** Sends the summary again and again, as an aggregator does: the page would say that it is out of date. */
    private void events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try {
            do {
                String event = "event: summary\ndata: " + answers.get("/api/summary") + "\n\n";
                exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            } while (!closed.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void file(HttpExchange exchange, String name) throws IOException {
        String resource = name.startsWith("uplot/uPlot") ? uplot(name) : "page/" + name;
        try (InputStream file = DashboardServer.class.getResourceAsStream(resource)) {
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
            send(exchange, type, file.readAllBytes());
        }
    }

    private static String uplot(String name) {
        return name.endsWith(".js") ? "uplot/uPlot.iife.min.js" : "uplot/uPlot.min.css";
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
