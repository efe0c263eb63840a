package org.pocx.aggregator.cli.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pool that rejects the nonces that the test names, and gives its verdicts when the test says so. It stays at one block. */
final class JudgingPool implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("\"id\":(\"[^\"]*\"|\\d+)");
    private static final Pattern NONCE = Pattern.compile("\"nonce\":(\\d+)");
    private static final Pattern QUALITY = Pattern.compile("\"raw_quality\":(\\d+)");
    private static final String REJECTED =
            "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,\"message\":\"bad plot\"},\"id\":ID}";

    private final HttpServer server;
    private final Set<Long> rejected = ConcurrentHashMap.newKeySet();
    private final Set<Long> confirmed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile CountDownLatch open = new CountDownLatch(0);

    JudgingPool() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String body = request.contains("submit_nonce") ? verdict(request) : Submissions.INFO;
        byte[] bytes = body.replace("ID", first(ID, request)).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String verdict(String request) {
        long nonce = Long.parseLong(first(NONCE, request));
        waiting.incrementAndGet();
        try {
            open.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            waiting.decrementAndGet();
        }
        if (rejected.contains(nonce)) {
            return REJECTED;
        }
        confirmed.add(nonce);
        return Submissions.ACCEPTED.replace("\"raw_quality\":1", "\"raw_quality\":" + first(QUALITY, request));
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in " + text);
        }
        return matcher.group(1);
    }

    void reject(long... nonces) {
        for (long nonce : nonces) {
            rejected.add(nonce);
        }
    }

    /** Gives no verdict until it is told to. */
    void hold() {
        open = new CountDownLatch(1);
    }

    void release() {
        open.countDown();
    }

    /** The nonces that wait for their verdicts. */
    int waiting() {
        return waiting.get();
    }

    Set<Long> confirmed() {
        return Set.copyOf(confirmed);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        release();
        server.stop(0);
    }
}
