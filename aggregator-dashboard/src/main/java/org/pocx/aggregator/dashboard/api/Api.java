package org.pocx.aggregator.dashboard.api;

import com.sun.net.httpserver.HttpHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.pocx.aggregator.core.upstream.UpstreamStatus;
import org.pocx.aggregator.dashboard.http.Content;
import org.pocx.aggregator.dashboard.http.QueryHandler;
import org.pocx.aggregator.dashboard.json.SummaryJson;
import org.pocx.aggregator.dashboard.json.UpstreamsJson;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.history.FarmHistory;

/** All paths of the API, as described in {@code openapi.json}. */
public final class Api {
    private Api() {}

    /**
     * The endpoints by path; thread-safe.
     *
     * @param snapshots called on each request for the current state
     * @param upstreams called on each request for the state of each upstream
     */
    public static Map<String, HttpHandler> endpoints(
            Supplier<FarmSnapshot> snapshots,
            FarmHistory history,
            Duration blockTime,
            InstantSource clock,
            Supplier<List<UpstreamStatus>> upstreams) {
        HistoryLists past = new HistoryLists(history, blockTime, clock);
        FarmLists now = new FarmLists(snapshots);
        Series series = new Series(history, clock);
        Content description = Content.resource(Api.class, "openapi.json", "application/json");
        return Map.of(
                "/api/rounds", QueryHandler.of(past::rounds),
                "/api/submissions", QueryHandler.of(past::submissions),
                "/api/events", QueryHandler.of(past::events),
                "/api/machines", QueryHandler.of(now::machines),
                "/api/accounts", QueryHandler.of(now::accounts),
                "/api/series", QueryHandler.of(series::read),
                "/api/summary", QueryHandler.of(query -> {
                    query.allow();
                    return Content.json(SummaryJson.render(snapshots.get(), blockTime));
                }),
                "/api/upstreams", QueryHandler.of(query -> {
                    query.allow();
                    return Content.json(UpstreamsJson.render(upstreams.get()));
                }),
                "/api/openapi.json", QueryHandler.of(query -> description));
    }
}
