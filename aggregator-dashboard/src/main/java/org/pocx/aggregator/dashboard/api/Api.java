package org.pocx.aggregator.dashboard.api;

import com.sun.net.httpserver.HttpHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.pocx.aggregator.dashboard.http.Content;
import org.pocx.aggregator.dashboard.http.QueryHandler;
import org.pocx.aggregator.dashboard.json.SummaryJson;
import org.pocx.aggregator.statistics.BlockLuck;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.history.FarmHistory;

/** All paths of the API, as described in {@code openapi.json}. */
public final class Api {
    private Api() {}

    /**
     * The endpoints by path; thread-safe.
     *
     * @param snapshots called on each request for the current state
     * @param luck expected and actual wins
     */
    public static Map<String, HttpHandler> endpoints(
            Supplier<FarmSnapshot> snapshots,
            FarmHistory history,
            BlockLuck luck,
            Duration blockTime,
            InstantSource clock) {
        HistoryLists past = new HistoryLists(history, blockTime, clock);
        FarmLists now = new FarmLists(snapshots);
        BlockLists blocks = new BlockLists(history, luck);
        Series series = new Series(history, clock);
        Content description = Content.resource(Api.class, "openapi.json", "application/json");
        return Map.ofEntries(
                Map.entry("/api/blocks", QueryHandler.of(blocks::blocks)),
                Map.entry("/api/blocks/luck", QueryHandler.of(blocks::luck)),
                Map.entry("/api/rounds", QueryHandler.of(past::rounds)),
                Map.entry("/api/submissions", QueryHandler.of(past::submissions)),
                Map.entry("/api/events", QueryHandler.of(past::events)),
                Map.entry("/api/machines", QueryHandler.of(now::machines)),
                Map.entry("/api/overlaps", QueryHandler.of(now::overlaps)),
                Map.entry("/api/groups", QueryHandler.of(now::groups)),
                Map.entry("/api/accounts", QueryHandler.of(now::accounts)),
                Map.entry("/api/plots", QueryHandler.of(now::plots)),
                Map.entry("/api/series", QueryHandler.of(series::read)),
                Map.entry("/api/summary", QueryHandler.of(query -> {
                    query.allow();
                    return Content.json(SummaryJson.render(snapshots.get(), blockTime));
                })),
                Map.entry("/api/openapi.json", QueryHandler.of(query -> description)));
    }
}
