package org.pocx.aggregator.cli.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An upstream that answers each method with the same text, as a test chain of the field does: as text/plain. */
final class ScriptedUpstream implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("\"id\":(\"[^\"]*\"|\\d+)");

    private final HttpServer server;
    private final List<String> submissions = new CopyOnWriteArrayList<>();
    private volatile String info;
    private volatile String verdict;

    /** The texts hold {@code ID} where the request's id belongs. */
    ScriptedUpstream(int port, String info, String verdict) throws IOException {
        this.info = info;
        this.verdict = verdict;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean submission = request.contains("submit_nonce");
        if (submission) {
            submissions.add(request);
        }
        Matcher id = ID.matcher(request);
        byte[] body = (submission ? verdict : info)
                .replace("ID", id.find() ? id.group(1) : "null")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    void info(String now) {
        info = now;
    }

    void verdict(String now) {
        verdict = now;
    }

    /** The bodies of the submissions that arrived. */
    List<String> submissions() {
        return List.copyOf(submissions);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
