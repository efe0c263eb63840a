package org.pocx.aggregator.cli.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** An upstream that answers each method with the same text, as a test chain of the field does: as text/plain. */
final class ScriptedUpstream implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("\"id\":(\"[^\"]*\"|\\d+)");

    private final HttpServer server;
    private final List<String> submissions = new CopyOnWriteArrayList<>();
    private volatile String info;
    private volatile String verdict;

    /** The texts hold {@code ID} where the request's id belongs. */
    ScriptedUpstream(int port, String info, String verdict) throws IOException {
        this(HttpServer.create(address(port), 0), info, verdict);
    }

    /** One that is reached by TLS, as this identity. */
    ScriptedUpstream(SSLContext identity, String info, String verdict) throws IOException {
        this(secure(identity), info, verdict);
    }

    private ScriptedUpstream(HttpServer server, String info, String verdict) {
        this.server = server;
        this.info = info;
        this.verdict = verdict;
        server.createContext("/", this::answer);
        server.start();
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static HttpServer secure(SSLContext identity) throws IOException {
        HttpsServer server = HttpsServer.create(address(0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity));
        return server;
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
