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
 * Tells all open pages what happens: each event as it comes, and the summary of the farm when something changed in it
 * (twice a second at most), at the latest every five seconds. As a snapshot of the farm may be a second old, the summary
 * is told once more when it shows the last change for sure. Each is rendered once, however many listen; nothing is rendered
 * when nobody does.
 *
 * <p>Thread-safe. The last events and the register of clients belong to this object's monitor, so that a new client
 * misses none; summaries are rendered on a thread of its own. What the aggregator tells is noted within a microsecond.
 */
public final class LiveFeed implements AggregatorListener, StatisticsListener, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LiveFeed.class.getName());

    static final int MAX_CLIENTS = 128;

    /** Events that a client which comes back can be told from memory. */
    static final int REMEMBERED = 512;

    static final Duration STUCK = Duration.ofSeconds(10);

    private final Set<LiveClient> clients = ConcurrentHashMap.newKeySet();
    private final Deque<FarmEvent> remembered = new ArrayDeque<>();
    private final AtomicBoolean dirty = new AtomicBoolean(true);
    private volatile long lastId;
    private volatile @Nullable Thread ticker;
    private volatile boolean closed;

    /** A feed that remembers events from now on, and renders nothing before {@link #start}. */
    public LiveFeed() {}

    /**
     * Begins to render summaries.
     *
     * @param summary the JSON, asked twice a second at most, by one thread
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
        SummaryRhythm rhythm = new SummaryRhythm();
        while (!closed) {
            try {
                Thread.sleep(SummaryRhythm.TICK_MILLIS);
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
            byte[] message = Message.of("summary", lastId, summary.get());
            clients.forEach(client -> client.offerSummary(message));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The dashboard could not render the farm for open pages", e);
        }
    }

    /**
     * A new client, with what it missed since that event where it says one.
     *
     * @param lastSeen the id of the last event that it has seen; null where it names none
     * @param summary to begin with
     * @param older reads events after an id that are not in memory any more, the newest first
     * @return empty when there are too many
     */
    Optional<LiveClient> join(@Nullable Long lastSeen, Supplier<byte[]> summary, Older older) {
        LiveClient client = new LiveClient();
        List<FarmEvent> before = lastSeen == null ? List.of() : missedBefore(lastSeen, older);
        // Not under the monitor, where rendering would hold up those who tell of events.
        byte[] first = Message.of("summary", lastSeen == null ? lastId : lastSeen, summary.get());
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

    /** Reads events of the past. */
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

    /** How many pages are open. */
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
        return Message.of("event", event.id(), JsonWriter.render(out -> FarmJson.event(out, event)));
    }

    @Override
    public void on(StatisticsEvent event) {
        switch (event) {
            case StatisticsEvent.EventRecorded recorded -> recorded(recorded.event());
            case StatisticsEvent.MachineSilent silent -> {}
            case StatisticsEvent.MachineBack back -> {}
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
            case AggregatorEvent.MachineSuspected machine -> changed();
            case AggregatorEvent.UpstreamDown upstream -> changed();
            case AggregatorEvent.UpstreamUp upstream -> changed();
            case AggregatorEvent.StoreDown store -> changed();
            case AggregatorEvent.StoreUp store -> changed();
            case AggregatorEvent.Started started -> {}
            case AggregatorEvent.Stopped stopped -> {}
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
