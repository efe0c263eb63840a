package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.pocx.aggregator.core.Readiness;
import org.pocx.aggregator.http.routing.Responses;
import org.pocx.aggregator.protocol.jsonrpc.JsonObjectWriter;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;

/** The endpoints for operators and monitoring: {@code /health}, {@code /ready} and {@code /api/info}. */
final class StatusEndpoints {
    private final byte[] info;
    private final Supplier<Readiness> readiness;

    StatusEndpoints(MinerServerSettings settings, Supplier<Readiness> readiness) {
        this.info = utf8(new JsonObjectWriter()
                .string("name", settings.name())
                .string("version", settings.version())
                .end());
        this.readiness = readiness;
    }

    void health(HttpExchange exchange) throws IOException {
        Responses.text(exchange, 200, "OK");
    }

    void info(HttpExchange exchange) throws IOException {
        Responses.json(exchange, 200, info);
    }

    void ready(HttpExchange exchange) throws IOException {
        Readiness now = readiness.get();
        JsonObjectWriter reasons = new JsonObjectWriter();
        now.upstreamProblem().ifPresent(problem -> reasons.string("upstream", problem));
        now.storeProblem().ifPresent(problem -> reasons.string("store", problem));
        RawJson body = new JsonObjectWriter()
                .raw("ready", Boolean.toString(now.ready()))
                .raw("reasons", reasons.end().text())
                .end();
        Responses.json(exchange, now.ready() ? 200 : 503, utf8(body));
    }

    private static byte[] utf8(RawJson json) {
        return json.text().getBytes(StandardCharsets.UTF_8);
    }
}
