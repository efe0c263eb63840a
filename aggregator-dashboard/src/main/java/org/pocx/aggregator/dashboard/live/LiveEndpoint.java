package org.pocx.aggregator.dashboard.live;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.dashboard.http.Content;
import org.pocx.aggregator.dashboard.http.ContentResponses;
import org.pocx.aggregator.statistics.history.EventQuery;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryPage;

/**
 * {@code /events}: a stream of server-sent events, open as long as the client reads it.
 *
 * <p>An engine with a time limit for a whole response (the JDK's, if {@code sun.net.httpserver.maxRspTime} is set) ends
 * streams, too. Then the browser reconnects with the id of the last event that it received, and no event is lost.
 */
public final class LiveEndpoint implements HttpHandler {
    private static final long COME_BACK_MILLIS = 500;

    private final LiveFeed feed;
    private final Supplier<byte[]> summary;
    private final FarmHistory history;

    /**
     * Creates an endpoint for the streams of a feed.
     *
     * @param feed the source of the streams
     * @param summary the first message of each stream
     * @param history read for missed events that the feed no longer has in memory
     */
    public LiveEndpoint(LiveFeed feed, Supplier<byte[]> summary, FarmHistory history) {
        this.feed = feed;
        this.summary = summary;
        this.history = history;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            open(exchange, -1);
            return;
        }
        Optional<Long> lastSeen = lastSeen(exchange.getRequestHeaders());
        Optional<LiveClient> joined = feed.join(lastSeen.orElse(null), summary, this::older);
        if (joined.isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", "10");
            ContentResponses.send(exchange, 503, Content.text("Too many pages are open; ask /api/summary instead."));
            return;
        }
        try (OutputStream out = open(exchange, 0)) {
            out.write(ServerSentEvent.retryAfter(COME_BACK_MILLIS));
            joined.get().serve(out);
        } finally {
            feed.leave(joined.get());
            Thread.interrupted(); // the interrupt of a disconnected client must not affect the thread's next request
        }
    }

    private static OutputStream open(HttpExchange exchange, long length) throws IOException {
        ContentResponses.secure(exchange);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/event-stream; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("X-Accel-Buffering", "no"); // for nginx in between
        exchange.sendResponseHeaders(200, length);
        return exchange.getResponseBody();
    }

    /** An invalid id is ignored. */
    private static Optional<Long> lastSeen(Headers request) {
        String text = request.getFirst("Last-Event-ID");
        return text != null && text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private List<FarmEvent> older(long id, int limit) {
        try {
            return history.events(new EventQuery(
                    HistoryPage.newest(limit), id, Instant.MIN, Set.of()));
        } catch (StoreException e) {
            return List.of(); // the page also loads its list of events
        }
    }
}
