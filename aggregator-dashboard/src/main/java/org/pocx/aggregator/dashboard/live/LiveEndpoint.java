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
 * {@code /events}: a stream of server-sent events, open for as long as the client reads it.
 *
 * <p>An engine with a limit on how long a whole answer may take (the JDK's, where {@code sun.net.httpserver.maxRspTime} is
 * set) cuts streams, too: then the browser comes back, saying what it heard last, and no event is lost in between.
 */
public final class LiveEndpoint implements HttpHandler {
    private static final long COME_BACK_MILLIS = 500;

    private final LiveFeed feed;
    private final Supplier<byte[]> summary;
    private final FarmHistory history;

    /**
     * An endpoint that opens streams of a feed.
     *
     * @param feed what the streams tell
     * @param summary what a client gets to begin with
     * @param history asked for the events that a client missed and that the feed has forgotten
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
            out.write(Message.retryAfter(COME_BACK_MILLIS));
            joined.get().serve(out);
        } finally {
            feed.leave(joined.get());
            Thread.interrupted(); // of a client that was cut: must not meet the thread's next request
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

    /** What cannot be an id of ours counts as none. */
    private static Optional<Long> lastSeen(Headers request) {
        String text = request.getFirst("Last-Event-ID");
        return text != null && text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private List<FarmEvent> older(long id, int limit) {
        try {
            return history.events(new EventQuery(
                    HistoryPage.newest(limit), id, Instant.MIN, Set.of()));
        } catch (StoreException e) {
            return List.of(); // the page asks for its list of events, too
        }
    }
}
