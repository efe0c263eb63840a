package org.pocx.aggregator.core.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.NonceEvent;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.stats.FarmSnapshot;
import org.pocx.aggregator.core.stats.FarmSnapshot.RoundProgress;
import org.pocx.aggregator.core.store.EventQuery;
import org.pocx.aggregator.core.store.FarmEvent;
import org.pocx.aggregator.core.store.FarmEvent.Kind;
import org.pocx.aggregator.core.store.FarmHistory;
import org.pocx.aggregator.core.store.HistoryPage;
import org.pocx.aggregator.core.store.HistoryRow;
import org.pocx.aggregator.core.store.MinuteRecord;
import org.pocx.aggregator.core.store.RoundRecord;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Listens, and writes down what charts, lists and the feed of events show. Submissions are only counted as they come;
 * rounds and minutes are written by {@link #flush()}, which is to be called every second, and events as they happen,
 * which is seldom (see {@link EventLog}).
 *
 * <p>Thread-safe: events come from many threads, and their counters have no lock; flushing has this object's monitor.
 */
public final class HistoryRecorder implements AggregatorListener {
    private static final System.Logger LOG = System.getLogger(HistoryRecorder.class.getName());

    private final PocTime pocTime;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final FarmHistory history;
    private final Consumer<StoreChange> store;
    private final EventLog events;
    private final MinuteLog minutes;
    private final RoundLog rounds = new RoundLog();
    private final Attempts attempts = new Attempts();
    private final FateCounters minute = new FateCounters();
    private double capacityTib = Double.NaN;
    private int activeMachines;

    /**
     * Goes on where the history ends.
     *
     * @param blockTimeSecs 1 to 86,400
     * @param nanoTime a monotonic clock
     * @param clock the wall clock, which dates events and minutes
     * @param history what was recorded before
     * @param store takes each change; must not block
     * @param told hears of each event, in their order and one at a time; must not block
     */
    public HistoryRecorder(
            int blockTimeSecs,
            LongSupplier nanoTime,
            InstantSource clock,
            FarmHistory history,
            Consumer<StoreChange> store,
            Consumer<FarmEvent> told) {
        this.pocTime = PocTime.forBlockTime(blockTimeSecs);
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.history = history;
        this.store = store;
        this.minutes = new MinuteLog(this::recorded);
        this.events = new EventLog(clock, event -> {
            store.accept(new StoreChange.EventRecorded(event));
            told.accept(event);
        });
    }

    private MinuteRecord recorded(Instant at) {
        List<MinuteRecord> found = new ArrayList<>();
        try {
            history.readMinutes(at, found::add);
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "the history cannot be read, this minute begins anew: {0}",
                    e.getMessage());
        }
        return found.stream().filter(row -> row.at().equals(at)).findFirst().orElse(MinuteRecord.empty(at));
    }

    /**
     * Takes up what an earlier process recorded.
     *
     * @param openRounds the current one last
     * @throws StoreException when the history cannot be read
     */
    public void restore(List<MiningInfo> openRounds) {
        List<RoundRecord> known = history.rounds(HistoryPage.newest(RoundLog.OPEN_ROUNDS * 2)).stream()
                .map(HistoryRow::value)
                .toList();
        for (MiningInfo info : openRounds) {
            RoundRecord earlier = known.stream()
                    .filter(round -> round.blockHash().equals(info.blockHash()))
                    .findFirst()
                    .orElse(null);
            rounds.begin(tally(info, earlier));
        }
        long lastEvent = history.events(EventQuery.all(HistoryPage.newest(1))).stream()
                .mapToLong(FarmEvent::id)
                .findFirst()
                .orElse(0);
        events.continueAfter(lastEvent, openRounds.isEmpty() ? 0 : openRounds.getLast().height());
    }

    private RoundTally tally(MiningInfo info, @Nullable RoundRecord earlier) {
        return new RoundTally(info, clock.instant(), earlier, pocTime, attempts);
    }

    // ---- rounds

    @Override
    public void started() {
        events.tell(Kind.STARTED, "", "");
    }

    @Override
    public void newRound(MiningInfo info, boolean revived) {
        Instant now = clock.instant();
        rounds.current().ifPresent(ended -> ended.currentAt(now));
        RoundTally tally = rounds.find(info.blockHash()).orElseGet(() -> tally(info, null));
        rounds.begin(tally);
        tally.announced(info);
        tally.currentAt(now);
        events.newRound(info.height(), revived ? "an earlier block again" : "");
    }

    @Override
    public void roundChanged(MiningInfo info) {
        rounds.find(info.blockHash()).ifPresent(round -> round.announced(info));
    }

    /** {@return how the current round goes} */
    public Optional<RoundProgress> progress() {
        return rounds.current().map(RoundTally::progress);
    }

    /** {@return when the current round began, as far as that is known} */
    public Optional<Instant> roundBegunAt() {
        return rounds.current().map(RoundTally::begunAt);
    }

    // ---- nonces

    @Override
    public void fateChanged(NonceEvent event) {
        moved(event);
    }

    @Override
    public void queued(NonceEvent event) {
        if (moved(event)) {
            tell(Kind.IMPROVEMENT, event);
        }
    }

    @Override
    public void forwarded(NonceEvent event) {
        attempts.begin(event.submission(), nanoTime.getAsLong());
    }

    @Override
    public void delayed(NonceEvent event, UpstreamTrouble trouble) {
        if (trouble instanceof UpstreamTrouble.Unreachable) {
            attempts.failed(event.submission());
        } else {
            attempts.answered(event.submission(), nanoTime.getAsLong());
        }
        rounds.find(event.submission().blockHash()).ifPresent(round -> round.delayed(event, trouble.message()));
    }

    @Override
    public void confirmed(NonceEvent event) {
        ended(Kind.CONFIRMED, event);
    }

    @Override
    public void rejected(NonceEvent event) {
        ended(Kind.REJECTED, event);
    }

    @Override
    public void stale(NonceEvent event) {
        ended(Kind.STALE, event);
    }

    @Override
    public void expired(NonceEvent event) {
        attempts.failed(event.submission());
        ended(Kind.EXPIRED, event);
    }

    private void ended(Kind kind, NonceEvent event) {
        attempts.answered(event.submission(), nanoTime.getAsLong()); // no effect where nothing was sent
        moved(event);
        tell(kind, event);
    }

    private boolean moved(NonceEvent event) {
        minute.happen(event);
        return rounds.find(event.submission().blockHash())
                .map(round -> round.moved(event))
                .orElse(false);
    }

    private void tell(Kind kind, NonceEvent event) {
        events.tellOfNonce(
                kind,
                event,
                pocTime.seconds(
                        event.confirmedRawQuality(), event.submission().baseTarget()));
    }

    // ---- what else happens

    @Override
    public void suspected(MinerId miner, String words) {
        events.tell(Kind.SUSPECTED, miner.address(), words);
    }

    @Override
    public void minerSilent(MinerId miner, int missedRounds) {
        events.tell(Kind.MACHINE_SILENT, miner.address(), missedRounds + " rounds missed");
    }

    @Override
    public void minerBack(MinerId miner, Duration silence) {
        events.tell(Kind.MACHINE_BACK, miner.address(), after(silence));
    }

    @Override
    public void upstreamDown(UpstreamTrouble trouble) {
        events.tell(Kind.UPSTREAM_DOWN, "", trouble.message());
    }

    @Override
    public void upstreamUp(Duration outage) {
        events.tell(Kind.UPSTREAM_UP, "", after(outage));
    }

    @Override
    public void storeDown(String reason) {
        events.tell(Kind.STORE_DOWN, "", reason);
    }

    @Override
    public void storeUp(Duration outage) {
        events.tell(Kind.STORE_UP, "", after(outage));
    }

    private static String after(Duration outage) {
        return outage.isZero() ? "" : "after " + outage.toSeconds() + " s";
    }

    // ---- writing

    /**
     * Takes note of the farm's size, and writes what changed since the last time.
     *
     * @param farm a snapshot of now
     */
    public synchronized void flush(FarmSnapshot farm) {
        capacityTib = farm.totalCapacityTib();
        activeMachines = farm.activeMachines();
        rounds.current().ifPresent(round -> round.measured(capacityTib, activeMachines));
        flush();
    }

    /** Writes what changed since the last time. Costs next to nothing when nothing did. */
    public synchronized void flush() {
        Instant now = clock.instant();
        minutes.add(now, minute.drain(), attempts.drain(), capacityTib, activeMachines)
                .ifPresent(changed -> store.accept(new StoreChange.MinuteRecorded(changed)));
        rounds.write(now, changed -> store.accept(new StoreChange.RoundRecorded(changed)));
    }

    /**
     * Writes all that is left, and that the aggregator ends.
     *
     * @param farm the last snapshot
     */
    public void end(FarmSnapshot farm) {
        events.endRound();
        events.tell(Kind.STOPPED, "", "");
        flush(farm);
    }
}
