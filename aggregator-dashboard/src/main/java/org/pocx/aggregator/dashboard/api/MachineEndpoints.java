package org.pocx.aggregator.dashboard.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.dashboard.http.Content;
import org.pocx.aggregator.dashboard.http.ContentResponses;
import org.pocx.aggregator.dashboard.http.Query;
import org.pocx.aggregator.dashboard.http.QueryHandler;
import org.pocx.aggregator.dashboard.http.RequestRefusedException;
import org.pocx.aggregator.dashboard.http.SameOrigin;
import org.pocx.aggregator.dashboard.json.CapacityJson;
import org.pocx.aggregator.dashboard.json.JsonWriter;
import org.pocx.aggregator.http.routing.Responses;
import org.pocx.aggregator.http.routing.Router;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.history.CapacityHour;

/**
 * The paths that contain the id of a machine: {@code GET /api/machines/{id}/capacity}, and {@code POST
 * /api/machines/{id}/baseline}, the only path that changes anything. The id may contain {@code /} and {@code :}, encoded or
 * not. All other paths go on to the next handler. Thread-safe.
 */
public final class MachineEndpoints implements HttpHandler {
    private static final String MACHINES = "/api/machines/";
    private static final String CAPACITY = "/capacity";
    private static final String BASELINE = "/baseline";

    private final Supplier<FarmSnapshot> snapshots;
    private final Function<String, List<CapacityHour>> capacityHours;
    private final Predicate<String> resetBaseline;
    private final Router.Fallback fallback;
    private final HttpHandler next;

    /**
     * Creates a handler.
     *
     * @param snapshots called on each request for the current state
     * @param capacityHours the last week of a machine, by its id
     * @param resetBaseline begins to learn the capacity of a machine anew; false if it is not known
     * @param fallback answers other methods
     * @param next answers all other paths
     */
    public MachineEndpoints(
            Supplier<FarmSnapshot> snapshots,
            Function<String, List<CapacityHour>> capacityHours,
            Predicate<String> resetBaseline,
            Router.Fallback fallback,
            HttpHandler next) {
        this.snapshots = snapshots;
        this.capacityHours = capacityHours;
        this.resetBaseline = resetBaseline;
        this.fallback = fallback;
        this.next = next;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = String.valueOf(exchange.getRequestURI().getRawPath());
        @Nullable String ofCapacity = id(path, CAPACITY);
        @Nullable String ofBaseline = id(path, BASELINE);
        if (ofCapacity != null) {
            capacity(exchange, ofCapacity);
        } else if (ofBaseline != null) {
            baseline(exchange, ofBaseline);
        } else {
            next.handle(exchange);
        }
    }

    /** The id between prefix and suffix, in its one spelling; null if it is another path. */
    private static @Nullable String id(String path, String suffix) {
        if (!path.startsWith(MACHINES)
                || !path.endsWith(suffix)
                || path.length() <= MACHINES.length() + suffix.length()) {
            return null;
        }
        String encoded = path.substring(MACHINES.length(), path.length() - suffix.length());
        try {
            return MinerId.ofId(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .id();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void capacity(HttpExchange exchange, String id) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            refuseMethod(exchange, "GET, HEAD");
            return;
        }
        QueryHandler.of(query -> capacity(query, id)).handle(exchange);
    }

    private Content capacity(Query query, String id) {
        query.allow();
        FarmSnapshot farm = snapshots.get();
        FarmSnapshot.Machine machine = farm.machines().stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id));
        List<CapacityHour> hours = capacityHours.apply(id);
        return Content.json(JsonWriter.render(out -> CapacityJson.ofMachine(out, farm, machine, hours)));
    }

    private void baseline(HttpExchange exchange, String id) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            refuseMethod(exchange, "POST");
            return;
        }
        SameOrigin.require(exchange);
        if (!resetBaseline.test(id)) {
            throw unknown(id);
        }
        ContentResponses.secure(exchange);
        Responses.empty(exchange, 204);
    }

    private void refuseMethod(HttpExchange exchange, String allowed) throws IOException {
        exchange.getResponseHeaders().set("Allow", allowed);
        fallback.methodNotAllowed(exchange, allowed);
    }

    private static RequestRefusedException unknown(String id) {
        return new RequestRefusedException(
                404, "No machine " + id + " is known. GET /api/machines lists the ids of all machines.");
    }
}
