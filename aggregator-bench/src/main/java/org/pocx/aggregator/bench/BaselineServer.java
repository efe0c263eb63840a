package org.pocx.aggregator.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.server.HttpEngineProperties;
import org.pocx.aggregator.protocol.server.HttpServers;

/**
 * The floor: a minimal handler that reads a request and sends a constant answer, the mining info of a round, on the HTTP
 * engine of the program. No aggregator on that engine can be faster.
 */
final class BaselineServer {
    private static final int BACKLOG = 1024;
    private static final int MAX_CONNECTIONS = 20_000;

    private BaselineServer() {}

    /** @param args the port; it serves until the process or its standard input ends */
    public static void main(String[] args) throws IOException {
        HttpEngineProperties.apply();
        byte[] answer = AsciiBytes.of("{\"jsonrpc\":\"2.0\",\"result\":"
                + MiningCodec.encode(new BenchRound(0).info()).text() + ",\"id\":1}");
        HttpServer server = HttpServers.open(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), Integer.parseInt(args[0])),
                BACKLOG,
                () -> MAX_CONNECTIONS);
        server.createContext("/", exchange -> handle(exchange, answer));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        while (System.in.read() >= 0) {
            // nothing is sent to it; the input ends with the process that started this one
        }
        System.exit(0);
    }

    private static void handle(HttpExchange exchange, byte[] answer) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            body.readAllBytes();
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }
}
