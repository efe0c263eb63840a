package org.pocx.aggregator.dashboard.api;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.pocx.aggregator.dashboard.http.Content;
import org.pocx.aggregator.dashboard.http.Endpoint;
import org.pocx.aggregator.dashboard.json.SummaryJson;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.history.FarmHistory;

/** All paths of the API, as {@code openapi.json} describes them. */
public final class Api {
    private Api() {}

    /**
     * The endpoints by their paths; thread-safe.
     *
     * @param snapshots asked on each request for what is now
     */
    public static Map<String, Endpoint> endpoints(
            Supplier<FarmSnapshot> snapshots, FarmHistory history, Duration blockTime, InstantSource clock) {
        HistoryLists past = new HistoryLists(history, blockTime, clock);
        FarmLists now = new FarmLists(snapshots);
        Series series = new Series(history, clock);
        Content description = Content.resource(Api.class, "openapi.json", "application/json");
        return Map.of(
                "/api/rounds", Endpoint.of(past::rounds),
                "/api/submissions", Endpoint.of(past::submissions),
                "/api/events", Endpoint.of(past::events),
                "/api/machines", Endpoint.of(now::machines),
                "/api/accounts", Endpoint.of(now::accounts),
                "/api/series", Endpoint.of(series::read),
                "/api/summary", Endpoint.of(query -> {
                    query.allow();
                    return Content.json(SummaryJson.render(snapshots.get(), blockTime));
                }),
                "/api/openapi.json", Endpoint.of(query -> description));
    }
}
