package org.pocx.aggregator.http.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** An HTTP or HTTPS server that answers each request with its Host, its path and its body. */
final class PlainTarget implements AutoCloseable {
    private final HttpServer server;
    private final List<String> proxyFields = new CopyOnWriteArrayList<>();

    private PlainTarget(HttpServer server) {
        this.server = server;
        server.createContext("/", exchange -> {
            proxyFields.addAll(exchange.getRequestHeaders().keySet().stream()
                    .filter(name -> name.startsWith("Proxy-"))
                    .toList());
            String host = exchange.getRequestHeaders().getFirst("Host");
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] answer = (host + " " + exchange.getRequestURI() + " " + new String(body, UTF_8))
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    static PlainTarget http() throws IOException {
        return new PlainTarget(HttpServer.create(address(), 0));
    }

    static PlainTarget https(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(address(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new PlainTarget(server);
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The names of the header fields for proxies that arrived here. */
    List<String> proxyFields() {
        return List.copyOf(proxyFields);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
