package org.pocx.aggregator.statistics.record;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.history.EventQuery;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.FarmEvent.Kind;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryPage;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.MinuteRecord;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.RoundProgress;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.WonBlock;

/**
 * A listener that records rounds, minutes and events. Submissions are only counted when they arrive. Rounds and minutes
 * are written by {@link #flush()}, which must be called every second. Events are written when they occur, which is rare
 * (see {@link EventLog}).
 *
 * <p>Thread-safe: events may come from many threads and are counted without a lock; flushing uses this object's
 * monitor.
 */
public final class HistoryRecorder implements AggregatorListener {
    private static final System.Logger LOG = System.getLogger(HistoryRecorder.class.getName());

    private final PocTime pocTime;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final FarmHistory history;
    private final Consumer<HistoryChange> store;
    private final EventLog events;
    private final MinuteLog minutes;
    private final RoundLog rounds = new RoundLog();
    private final RunningAttempts attempts = new RunningAttempts();
    private final FateCounters minute = new FateCounters();
    private List<RoundRecord> known = List.of();
    private long lastEvent;
    private double capacityTib = Double.NaN;
    private int activeMachines;

    /**
     * Creates a recorder that continues a history.
     *
     * @param blockTimeSecs 1 to 86,400
     * @param nanoTime a monotonic clock
     * @param clock the wall clock, for the times of events and minutes
     * @param history what was recorded before
     * @param store receives each change; must not block
     * @param observer receives each event, in their order and one at a time; must not block
     */
    public HistoryRecorder(
            int blockTimeSecs,
            LongSupplier nanoTime,
            InstantSource clock,
            FarmHistory history,
            Consumer<HistoryChange> store,
            Consumer<FarmEvent> observer) {
        this.pocTime = PocTime.forBlockTime(blockTimeSecs);
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.history = history;
        this.store = store;
        this.minutes = new MinuteLog(this::recorded);
        this.events = new EventLog(clock, event -> {
            store.accept(new HistoryChange.EventRecorded(event));
            observer.accept(event);
        });
    }

    private MinuteRecord recorded(Instant at) {
        List<MinuteRecord> found = new ArrayList<>();
        try {
            history.readMinutes(at, found::add);
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG,
                    "the history cannot be read, the record of this minute starts from 0: {0}",
                    e.getMessage());
        }
        return found.stream().filter(row -> row.at().equals(at)).findFirst().orElse(MinuteRecord.empty(at));
    }

    /**
     * Reads the last rounds and events.
     *
     * @throws StoreException if the history cannot be read
     */
    public void readPast() {
        known = history.rounds(HistoryPage.newest(RoundLog.OPEN_ROUNDS * 2)).stream()
                .map(HistoryRow::value)
                .toList();
        lastEvent = history.events(EventQuery.all(HistoryPage.newest(1))).stream()
                .mapToLong(FarmEvent::id)
                .findFirst()
                .orElse(0);
    }

    /**
     * Continues the open rounds after a restart.
     *
     * @param openRounds the open rounds, the current one last
     */
    public void resume(List<MiningInfo> openRounds) {
        for (MiningInfo info : openRounds) {
            RoundRecord earlier = known.stream()
                    .filter(round -> round.blockHash().equals(info.blockHash()))
                    .findFirst()
                    .orElse(null);
            rounds.begin(tally(info, earlier));
        }
        known = List.of();
        events.continueAfter(lastEvent, openRounds.isEmpty() ? 0 : openRounds.getLast().height());
    }

    private RoundTally tally(MiningInfo info, @Nullable RoundRecord earlier) {
        return new RoundTally(info, clock.instant(), earlier, pocTime, attempts);
    }

    @Override
    public void on(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.Started started -> events.add(Kind.STARTED, "", "");
            case AggregatorEvent.RoundChanged changed -> roundChanged(changed);
            case FateChanged changed -> fateChanged(changed);
            case AggregatorEvent.Forwarded forwarded -> {
                if (forwarded.resendReason().isEmpty()) {
                    attempts.begin(forwarded.nonce().submission(), nanoTime.getAsLong());
                }
            }
            case AggregatorEvent.Delayed delayed -> delayed(delayed);
            case AggregatorEvent.Held held -> held(held);
            case AggregatorEvent.MachineSuspected suspected -> events.add(
                    Kind.SUSPECTED, suspected.miner().id(), suspected.message());
            case AggregatorEvent.UpstreamDown down -> {
                if (down.first()) {
                    events.add(Kind.UPSTREAM_DOWN, "", down.trouble().message().text());
                }
            }
            case AggregatorEvent.UpstreamUp up -> events.add(Kind.UPSTREAM_UP, "", after(up.outage()));
            case AggregatorEvent.UpstreamSwitched switched -> events.add(
                    switched.isReturn() ? Kind.UPSTREAM_RETURNED : Kind.UPSTREAM_SWITCHED,
                    "",
                    "from " + switched.from() + " to " + switched.to() + ": " + switched.reason());
            case AggregatorEvent.UpstreamStateChanged changed -> {}
            case AggregatorEvent.StoreDown down -> {
                if (down.first()) {
                    events.add(Kind.STORE_DOWN, "", down.reason());
                }
            }
            case AggregatorEvent.StoreUp up -> events.add(Kind.STORE_UP, "", after(up.outage()));
            case AggregatorEvent.Stopped stopped -> {}
            case AggregatorEvent.NonceRepeated repeated -> {}
            case AggregatorEvent.MinerSeen seen -> {}
            case AggregatorEvent.AccountAccepted accepted -> {}
            case AggregatorEvent.RequestsMisfit misfit -> {}
            case AggregatorEvent.Synchronising synchronising -> {}
            case AggregatorEvent.ClockChanged changed -> {}
            case AggregatorEvent.StoreWritten written -> {}
        }
    }

    /**
     * A machine has become silent.
     *
     * @param miner the machine
     * @param missedRounds consecutive rounds without a nonce from it
     */
    public void machineSilent(MinerId miner, int missedRounds) {
        events.add(Kind.MACHINE_SILENT, miner.id(), missedRounds + " rounds missed");
    }

    /**
     * A silent machine is back.
     *
     * @param miner the machine
     * @param silence how long it was silent
     */
    public void machineBack(MinerId miner, Duration silence) {
        events.add(Kind.MACHINE_BACK, miner.id(), after(silence));
    }

    /**
     * A check showed that a nonce has another quality than its machine stated.
     *
     * @param nonce the nonce
     * @param rawQuality u64, computed
     */
    public void badNonce(ReceivedNonce nonce, long rawQuality) {
        NonceSubmission submission = nonce.submission();
        events.addBadNonce(
                nonce,
                pocTime.seconds(submission.rawQuality(), submission.baseTarget()),
                "nonce " + Long.toUnsignedString(submission.nonce()) + " of seed " + submission.seed()
                        + ", compression " + submission.compression() + ": computed raw quality "
                        + Long.toUnsignedString(rawQuality));
    }

    /** {@return when the last round was last known to be current; empty if unknown. For use before {@link #resume}} */
    public Optional<Instant> lastAlive() {
        return known.stream().map(RoundRecord::until).max(Comparator.naturalOrder());
    }

    /**
     * An account of the farm won a block.
     *
     * @param block the block
     */
    public void blockWon(WonBlock block) {
        addBlock(Kind.BLOCK_WON, block, block.finder().isPresent() ? "" : "won with another machine or elsewhere");
    }

    /**
     * A fork took a won block back, or gave it back.
     *
     * @param block its state now
     */
    public void blockOrphaned(WonBlock block) {
        addBlock(
                Kind.BLOCK_ORPHANED,
                block,
                block.orphaned() ? "a fork took it back" : "a fork gave it back, it counts again");
    }

    private void addBlock(Kind kind, WonBlock block, String words) {
        events.addBlock(
                kind,
                block.height(),
                block.finder().map(WonBlock.Finder::machine).orElse(""),
                block.accountId(),
                block.finder().map(WonBlock.Finder::rawQuality).orElse(0L),
                block.finder().map(WonBlock.Finder::pocTime).orElse(0L),
                words);
    }

    /**
     * The farm should have won a block and did not.
     *
     * @param loss the nonce that should have won it
     */
    public void probablyLost(ProbableLoss loss) {
        events.addBlock(
                Kind.PROBABLE_LOSS,
                loss.height(),
                loss.machine(),
                loss.accountId(),
                loss.rawQuality(),
                loss.pocTime(),
                "should have won and did not");
    }

    /**
     * Records a finding.
     *
     * @param finding what was found
     */
    public void found(Finding finding) {
        switch (finding) {
            case Finding.CapacityDropped dropped -> events.add(
                    Kind.CAPACITY_DROPPED, dropped.miner().id(), FindingWords.of(dropped));
            case Finding.CapacityRestored restored -> events.add(
                    Kind.CAPACITY_RESTORED, restored.miner().id(), FindingWords.of(restored));
            case Finding.PlotsOverlap overlap -> events.add(
                    Kind.PLOTS_OVERLAP, overlap.machineA().id(), FindingWords.of(overlap));
        }
    }

    // ---- rounds

    private void roundChanged(AggregatorEvent.RoundChanged changed) {
        MiningInfo info = changed.info();
        switch (changed.kind()) {
            case OPENED -> beginRound(info, "");
            case REVIVED -> beginRound(info, "an earlier block again");
            case REANNOUNCED -> rounds.find(info.blockHash()).ifPresent(round -> round.announced(info));
        }
    }

    private void beginRound(MiningInfo info, String words) {
        Instant now = clock.instant();
        rounds.current().ifPresent(ended -> ended.currentAt(now));
        RoundTally tally = rounds.find(info.blockHash()).orElseGet(() -> tally(info, null));
        rounds.begin(tally);
        tally.announced(info);
        tally.currentAt(now);
        events.newRound(info.height(), words);
    }

    /** {@return the progress of the current round} */
    public Optional<RoundProgress> progress() {
        return rounds.current().map(RoundTally::progress);
    }

    /** {@return when the current round began, if known} */
    public Optional<Instant> roundBegunAt() {
        return rounds.current().map(RoundTally::begunAt);
    }

    // ---- nonces

    private void delayed(AggregatorEvent.Delayed event) {
        NonceSubmission submission = event.nonce().submission();
        if (event.trouble().isUnreachable()) {
            attempts.failed(submission);
        } else {
            attempts.answered(submission, nanoTime.getAsLong());
        }
        rounds.find(submission.blockHash()).ifPresent(round -> round.delayed(event));
    }

    /** It says nothing of how fast the upstream is: it waited for a verdict. */
    private void held(AggregatorEvent.Held event) {
        NonceSubmission submission = event.nonce().submission();
        attempts.failed(submission);
        rounds.find(submission.blockHash()).ifPresent(round -> round.held(event));
    }

    private void fateChanged(FateChanged event) {
        switch (event.after()) {
            case REFUSED, SUPERSEDED -> moved(event);
            case FILTERED -> {
                if (event.before() == Fate.PENDING) {
                    attempts.answered(event.nonce().submission(), nanoTime.getAsLong()); // no effect if nothing was sent
                }
                moved(event);
            }
            case PENDING -> {
                if (moved(event)) {
                    addEvent(Kind.IMPROVEMENT, event);
                }
            }
            case CONFIRMED -> ended(Kind.CONFIRMED, event);
            case TAKEN_OVER -> ended(Kind.TAKEN_OVER, event);
            case REJECTED -> ended(Kind.REJECTED, event);
            case STALE -> ended(Kind.STALE, event);
            case EXPIRED -> {
                attempts.failed(event.nonce().submission());
                ended(Kind.EXPIRED, event);
            }
        }
    }

    private void ended(Kind kind, FateChanged event) {
        attempts.answered(event.nonce().submission(), nanoTime.getAsLong()); // no effect if nothing was sent
        moved(event);
        addEvent(kind, event);
    }

    private boolean moved(FateChanged event) {
        minute.happen(event);
        return rounds.find(event.nonce().submission().blockHash())
                .map(round -> round.moved(event))
                .orElse(false);
    }

    private void addEvent(Kind kind, FateChanged event) {
        events.addNonce(
                kind,
                event,
                pocTime.seconds(
                        event.confirmedRawQuality(), event.nonce().submission().baseTarget()));
    }

    private static String after(Duration outage) {
        return outage.isZero() ? "" : "after " + outage.toSeconds() + " s";
    }

    // ---- writing

    /**
     * Records the farm's capacity, and writes all changes since the last call.
     *
     * @param tib the farm's capacity now, in TiB; may be infinite or NaN
     * @param machines the number of active machines
     */
    public synchronized void flush(double tib, int machines) {
        capacityTib = tib;
        activeMachines = machines;
        rounds.current().ifPresent(round -> round.measured(tib, machines));
        flush();
    }

    /** Writes all changes since the last call. Without changes it costs almost nothing. */
    public synchronized void flush() {
        Instant now = clock.instant();
        minutes.add(now, minute.drain(), attempts.drain(), capacityTib, activeMachines)
                .ifPresent(changed -> store.accept(new HistoryChange.MinuteRecorded(changed)));
        rounds.write(now, changed -> store.accept(new HistoryChange.RoundRecorded(changed)));
    }

    /**
     * Writes the remaining changes and the event that the aggregator stopped.
     *
     * @param tib the farm's last capacity, in TiB; may be infinite or NaN
     * @param machines the number of active machines
     */
    public void end(double tib, int machines) {
        events.endRound();
        events.add(Kind.STOPPED, "", "");
        flush(tib, machines);
    }
}
