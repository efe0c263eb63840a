package org.pocx.aggregator.dashboard.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.dashboard.json.FarmJson;
import org.pocx.aggregator.dashboard.json.JsonWriter;
import org.pocx.aggregator.statistics.StatisticsEvent;
import org.pocx.aggregator.statistics.StatisticsListener;
import org.pocx.aggregator.statistics.history.FarmEvent;

/**
 * Sends to all open pages: each event when it occurs, and the summary of the farm when it changed (at most twice per
 * second), at the latest every 5 s. Because a snapshot of the farm may be 1 s old, the summary is sent once more when
 * it is certain to include the last change. Each message is rendered once for all pages, and not at all if no page is
 * open.
 *
 * <p>Thread-safe. This object's monitor guards the last events and the set of clients, so that a new client misses no
 * event. Summaries are rendered on a separate thread. Handling an event of the aggregator takes less than a
 * microsecond.
 */
public final class LiveFeed implements AggregatorListener, StatisticsListener, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LiveFeed.class.getName());

    static final int MAX_CLIENTS = 128;

    /** The number of events that are kept in memory for reconnecting clients. */
    static final int REMEMBERED = 512;

    static final Duration STUCK = Duration.ofSeconds(10);

    private final Set<LiveClient> clients = ConcurrentHashMap.newKeySet();
    private final Deque<FarmEvent> remembered = new ArrayDeque<>();
    private final AtomicBoolean dirty = new AtomicBoolean(true);
    private volatile long lastId;
    private volatile @Nullable Thread ticker;
    private volatile boolean closed;

    /** Creates a feed. It keeps events from now on, and renders nothing before {@link #start}. */
    public LiveFeed() {}

    /**
     * Starts rendering summaries.
     *
     * @param summary the JSON; called at most twice per second, by one thread
     * @throws IllegalStateException when it was started or closed before
     */
    public synchronized void start(Supplier<byte[]> summary) {
        Objects.requireNonNull(summary, "summary");
        if (ticker != null || closed) {
            throw new IllegalStateException("cannot start a live feed that was started or closed before");
        }
        ticker = Thread.ofPlatform().name("dashboard-live").daemon().start(() -> tick(summary));
    }

    private void tick(Supplier<byte[]> summary) {
        SummarySchedule rhythm = new SummarySchedule();
        while (!closed) {
            try {
                Thread.sleep(SummarySchedule.TICK_MILLIS);
            } catch (InterruptedException e) {
                return; // closed
            }
            long now = System.nanoTime();
            clients.forEach(client -> client.cutIfStuck(now, STUCK));
            if (!clients.isEmpty() && rhythm.isDue(dirty.getAndSet(false))) {
                tellSummary(summary);
            }
        }
    }

    private void tellSummary(Supplier<byte[]> summary) {
        try {
            byte[] message = ServerSentEvent.of("summary", lastId, summary.get());
            clients.forEach(client -> client.offerSummary(message));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The dashboard could not render the farm for open pages", e);
        }
    }

    /**
     * Adds a client. If it states the last event that it received, it gets the events since then.
     *
     * @param summary the first message
     * @param older reads events that are no longer in memory, newest first
     * @return the client; empty if there are too many
     */
    Optional<LiveClient> join(@Nullable Long lastSeen, Supplier<byte[]> summary, Older older) {
        LiveClient client = new LiveClient();
        List<FarmEvent> before = lastSeen == null ? List.of() : missedBefore(lastSeen, older);
        // Not under the monitor, where rendering would hold up those who tell of events.
        byte[] first = ServerSentEvent.of("summary", lastSeen == null ? lastId : lastSeen, summary.get());
        synchronized (this) {
            if (closed || clients.size() >= MAX_CLIENTS) {
                return Optional.empty();
            }
            client.offerSummary(first);
            before.forEach(event -> client.offerEvent(message(event)));
            long seen = lastSeen == null ? Long.MAX_VALUE : lastSeen;
            long known = before.isEmpty() ? seen : before.getLast().id();
            remembered.stream()
                    .filter(event -> event.id() > known)
                    .skip(Math.max(0, remembered.size() - LiveClient.MAX_WAITING / 2))
                    .forEach(event -> client.offerEvent(message(event)));
            clients.add(client);
            return Optional.of(client);
        }
    }

    /** Reads past events. */
    interface Older {
        List<FarmEvent> after(long id, int limit);
    }

    private List<FarmEvent> missedBefore(long id, Older older) {
        long oldest;
        synchronized (this) {
            oldest = remembered.isEmpty() ? lastId + 1 : remembered.getFirst().id();
        }
        return id + 1 >= oldest ? List.of() : older.after(id, LiveClient.MAX_WAITING / 2).reversed();
    }

    void leave(LiveClient client) {
        clients.remove(client);
    }

    /** The number of open pages. */
    int clients() {
        return clients.size();
    }

    Optional<LiveClient> anyClient() {
        return clients.stream().findFirst();
    }

    synchronized int rememberedEvents() {
        return remembered.size();
    }

    private static byte[] message(FarmEvent event) {
        return ServerSentEvent.of("event", event.id(), JsonWriter.render(out -> FarmJson.event(out, event)));
    }

    @Override
    public void on(StatisticsEvent event) {
        switch (event) {
            case StatisticsEvent.FindingReported reported -> {}
            case StatisticsEvent.EventRecorded recorded -> recorded(recorded.event());
            case StatisticsEvent.MachineSilent silent -> {}
            case StatisticsEvent.MachineBack back -> {}
            case StatisticsEvent.BadNonceFound bad -> {}
            case StatisticsEvent.BlockWon won -> {}
            case StatisticsEvent.BlockOrphaned orphaned -> {}
            case StatisticsEvent.BlockProbablyLost lost -> {}
            case StatisticsEvent.BlocksCounted counted -> {}
        }
    }

    private synchronized void recorded(FarmEvent event) {
        lastId = event.id();
        remembered.add(event);
        if (remembered.size() > REMEMBERED) {
            remembered.removeFirst();
        }
        changed();
        if (!clients.isEmpty()) {
            byte[] message = message(event);
            clients.forEach(client -> client.offerEvent(message));
        }
    }

    // ---- what changes the summary

    private void changed() {
        if (!dirty.get()) {
            dirty.set(true);
        }
    }

    @Override
    public void on(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.RoundChanged round -> changed();
            case AggregatorEvent.FateChanged nonce -> changed();
            case AggregatorEvent.Forwarded nonce -> changed();
            case AggregatorEvent.Delayed nonce -> changed();
            case AggregatorEvent.Held nonce -> changed();
            case AggregatorEvent.MachineSuspected machine -> changed();
            case AggregatorEvent.UpstreamDown upstream -> changed();
            case AggregatorEvent.UpstreamUp upstream -> changed();
            case AggregatorEvent.UpstreamSwitched upstream -> changed();
            case AggregatorEvent.UpstreamStateChanged upstream -> changed();
            case AggregatorEvent.StoreDown store -> changed();
            case AggregatorEvent.StoreUp store -> changed();
            case AggregatorEvent.Started started -> {}
            case AggregatorEvent.Stopped stopped -> {}
            case AggregatorEvent.NonceRepeated repeated -> {}
            case AggregatorEvent.MinerSeen seen -> {}
            case AggregatorEvent.AccountAccepted accepted -> {}
            case AggregatorEvent.RequestsMisfit misfit -> {}
            case AggregatorEvent.Synchronising synchronising -> {}
            case AggregatorEvent.ClockChanged clock -> {}
            case AggregatorEvent.StoreWritten written -> {}
        }
    }

    /** Ends all streams. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        Thread running = ticker;
        if (running != null) {
            running.interrupt();
        }
        clients.forEach(LiveClient::end);
    }
}
