package org.pocx.aggregator.cli.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pool with a fault that the test chooses, and a ledger of what it was sent and what it accepted. It stays at one block. */
final class FailingUpstream implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("\"id\":(\"[^\"]*\"|\\d+)");
    private static final Pattern NONCE = Pattern.compile("\"nonce\":(\\d+)");
    private static final Pattern QUALITY = Pattern.compile("\"raw_quality\":(\\d+)");

    /** What goes wrong. */
    enum UpstreamMode {
        WORKS,
        /** Each request gets HTTP 500. */
        DOWN,
        /** Polls are answered, nonces get "busy". */
        REFUSES_NONCES
    }

    private final int port;
    private final ConcurrentLinkedQueue<Long> sent = new ConcurrentLinkedQueue<>();
    private final Map<Long, Integer> accepted = new ConcurrentHashMap<>();
    private volatile UpstreamMode mode = UpstreamMode.WORKS;
    private HttpServer server;

    FailingUpstream() throws IOException {
        port = ChildProgram.freePort();
        server = open();
    }

    private HttpServer open() throws IOException {
        HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        opened.createContext("/", this::answer);
        opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        opened.start();
        return opened;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        UpstreamMode now = mode;
        boolean isNonce = request.contains("submit_nonce");
        String body = isNonce ? verdict(request, now) : Submissions.INFO;
        Matcher id = ID.matcher(request);
        byte[] bytes = body.replace("ID", id.find() ? id.group(1) : "null").getBytes(StandardCharsets.UTF_8);
        if (now == UpstreamMode.DOWN) {
            exchange.sendResponseHeaders(500, -1);
        } else {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private String verdict(String request, UpstreamMode now) {
        long nonce = number(NONCE, request);
        sent.add(nonce);
        if (now != UpstreamMode.WORKS) {
            return "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32006,\"message\":\"rate limited\"},\"id\":ID}";
        }
        accepted.merge(nonce, 1, Integer::sum);
        return Submissions.ACCEPTED.replace("\"raw_quality\":1", "\"raw_quality\":" + number(QUALITY, request));
    }

    private static long number(Pattern pattern, String request) {
        Matcher matcher = pattern.matcher(request);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in " + request);
        }
        return Long.parseLong(matcher.group(1));
    }

    void mode(UpstreamMode now) {
        mode = now;
    }

    /** Nobody listens there any more. */
    void stop() {
        server.stop(0);
    }

    void start() throws IOException {
        server = open();
    }

    /** The nonces that it accepted, each with how often. */
    Map<Long, Integer> accepted() {
        return Map.copyOf(accepted);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
