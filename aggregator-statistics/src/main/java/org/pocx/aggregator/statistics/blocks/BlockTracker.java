package org.pocx.aggregator.statistics.blocks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.statistics.history.BlockChange;
import org.pocx.aggregator.statistics.history.BlockMemory;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.LuckSubject;

/**
 * Finds won blocks by the rules of {@link BlockLedger}, and stores and reports them. Events only enter a queue, because
 * an announcement needs a hash for each account; the scheduler's thread takes them out again.
 *
 * <p>Thread-safe. Its monitor guards the queue, and that one thread at a time takes from it; the ledger is confined to
 * that thread. Bounded: {@value #MAX_INPUTS} events wait, further ones are dropped.
 */
public final class BlockTracker {
    static final int MAX_INPUTS = 65_536;

    /** Records of luck that are written in a second: those of 20,000 subjects take a little more than a minute. */
    private static final int RECORDS_PER_FLUSH = 250;

    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Consumer<HistoryChange> store;
    private final BlockObserver observer;
    private final BlockLedger ledger;
    private final WinExpectation expectation;
    private final LuckSums luck = new LuckSums();
    private final long builtNanos;

    private final Queue<BlockInput> inputs = new ArrayDeque<>();
    private boolean draining;
    private volatile long unseen;

    /**
     * Creates a tracker that knows nothing.
     *
     * @param blockTimeSecs 1 to 86,400
     * @param scheduler runs the search for the winner of a block
     * @param clock the wall clock, for the times of blocks
     * @param store receives each change; must not block
     * @param shares the capacity that mined a round
     * @param observer receives what is found
     */
    public BlockTracker(
            int blockTimeSecs,
            Scheduler scheduler,
            InstantSource clock,
            Consumer<HistoryChange> store,
            RoundShares shares,
            BlockObserver observer) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.store = store;
        this.observer = observer;
        this.ledger = new BlockLedger(blockTimeSecs);
        this.expectation = new WinExpectation(blockTimeSecs, shares, luck);
        this.builtNanos = scheduler.nanoTime();
    }

    // ---- restart

    /**
     * Continues after a restart. Called before all events.
     *
     * @param memory what the store knows
     * @param lastAlive when the last round was last known to be current, wall clock; null if unknown
     */
    public void restore(BlockMemory memory, @Nullable Instant lastAlive) {
        luck.restore(memory.luck());
        ledger.restore(
                memory.state(),
                memory.lastWins(),
                this::nanosOf,
                lastAlive == null ? Long.MIN_VALUE : nanosOf(lastAlive));
        unseen = memory.state().unseen();
    }

    /**
     * Restores a verdict of an earlier run.
     *
     * @param verdict of any round; only confirmed nonces (and those taken over) of the last heights have an effect
     */
    public void restore(Verdict verdict) {
        if (verdict.outcome().isAccepted()) {
            put(confirmed(verdict.nonce(), verdict.confirmedRawQuality(), verdict.at(), nanosOf(verdict.at())));
        }
    }

    /** Takes over the open rounds that were announced and not recorded here. */
    private void resume(StoredFarm farm) {
        Instant now = clock.instant();
        for (StoredFarm.StoredRound round : farm.openRounds()) {
            boolean last = round.equals(farm.openRounds().getLast());
            MiningInfo info = round.announcements().getLast();
            if (!ledger.knows(info.height(), info.generationSignature(), last)) {
                Instant at = round.announcedAt().orElse(now);
                put(announced(info, at, nanosOf(at)));
            }
        }
        farm.verdicts().forEach(this::restore);
    }

    private long nanosOf(Instant past) {
        Duration ago = Duration.between(past, clock.instant());
        return nanos() - (ago.isNegative() ? 0 : ago.toNanos());
    }

    private long nanos() {
        return scheduler.nanoTime() - builtNanos;
    }

    // ---- events

    /**
     * Takes in an event.
     *
     * @param event any event
     */
    public void on(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.Started started -> {
                resume(started.farm());
                drainSoon();
            }
            case AggregatorEvent.RoundChanged changed -> {
                put(announced(changed.info(), clock.instant(), nanos()));
                drainSoon();
            }
            case AggregatorEvent.FateChanged changed -> fateChanged(changed);
            case AggregatorEvent.UpstreamDown down -> {
                if (down.first()) {
                    put(new BlockInput.PollsFailed(nanos()));
                }
            }
            case AggregatorEvent.UpstreamUp up -> put(new BlockInput.PollsGood());
            case AggregatorEvent.Synchronising changed ->
                put(new BlockInput.Synchronising(changed.evidence().isPresent()));
            case AggregatorEvent.Stopped stopped -> end();
            case AggregatorEvent.MinerSeen seen -> {}
            case AggregatorEvent.Forwarded forwarded -> {}
            case AggregatorEvent.Delayed delayed -> {}
            case AggregatorEvent.Held held -> {}
            case AggregatorEvent.MachineSuspected suspected -> {}
            case AggregatorEvent.AccountAccepted accepted -> {}
            case AggregatorEvent.RequestsMisfit misfit -> {}
            case AggregatorEvent.ClockChanged changed -> {}
            case AggregatorEvent.StoreDown down -> {}
            case AggregatorEvent.StoreUp up -> {}
            case AggregatorEvent.NonceRepeated repeated -> {}
            case AggregatorEvent.UpstreamSwitched switched -> {}
            case AggregatorEvent.UpstreamStateChanged changed -> {}
            case AggregatorEvent.StoreWritten written -> {}
        }
    }

    private void fateChanged(AggregatorEvent.FateChanged event) {
        Fate before = event.before();
        boolean wasAccepted = before != null && before.isAccepted();
        if (event.after().isAccepted() && !wasAccepted) {
            put(confirmed(event.nonce(), event.confirmedRawQuality(), clock.instant(), nanos()));
        } else if (wasAccepted && !event.after().isAccepted()) {
            NonceSubmission nonce = event.nonce().submission();
            put(new BlockInput.Revoked(
                    nonce.height(),
                    nonce.generationSignature(),
                    nonce.accountId(),
                    machine(event.nonce()),
                    event.confirmedRawQuality()));
        }
    }

    private static BlockInput announced(MiningInfo info, Instant at, long nanos) {
        return new BlockInput.Announced(info.height(), info.generationSignature(), info.baseTarget(), at, nanos);
    }

    private static BlockInput confirmed(ReceivedNonce nonce, long rawQuality, Instant at, long nanos) {
        NonceSubmission submission = nonce.submission();
        return new BlockInput.Confirmed(
                submission.height(),
                submission.generationSignature(),
                submission.accountId(),
                machine(nonce),
                rawQuality,
                submission.baseTarget(),
                at,
                nanos);
    }

    private static String machine(ReceivedNonce nonce) {
        return nonce.miner().id();
    }

    // ---- the queue

    private synchronized void put(BlockInput input) {
        if (inputs.size() < MAX_INPUTS) {
            inputs.add(input);
        }
    }

    /** The number of events that wait. */
    synchronized int waiting() {
        return inputs.size();
    }

    private void drainSoon() {
        scheduler.schedule(Duration.ZERO, this::drain);
    }

    /** Processes what waits, unless another thread does. */
    private void drain() {
        if (!begins()) {
            return;
        }
        boolean done = false;
        try {
            for (BlockInput next = next(); next != null; next = next()) {
                process(next);
            }
            done = true;
        } finally {
            if (!done) {
                stopped();
            }
        }
    }

    private synchronized boolean begins() {
        boolean begins = !draining;
        draining = true;
        return begins;
    }

    private synchronized @Nullable BlockInput next() {
        BlockInput next = inputs.poll();
        draining = next != null;
        return next;
    }

    private synchronized void stopped() {
        draining = false;
    }

    // ---- outcomes

    private void process(BlockInput input) {
        List<BlockOutcome> outcomes = ledger.take(input);
        if (outcomes.isEmpty() && !(input instanceof BlockInput.Announced)) {
            return;
        }
        BlockChangeCollector change = new BlockChangeCollector(luck, expectation);
        outcomes.forEach(change::add);
        unseen = ledger.state().unseen();
        store.accept(new HistoryChange.BlocksRecorded(change.toChange(ledger.state())));
        outcomes.forEach(this::report);
        if (change.isCounted()) {
            observer.counted(change.expectedWins(), change.unseen());
        }
    }

    private void report(BlockOutcome outcome) {
        switch (outcome) {
            case BlockOutcome.Won won -> observer.won(won.block());
            case BlockOutcome.Forked forked -> observer.forked(forked.block());
            case BlockOutcome.Lost lost -> observer.lost(lost.loss());
            case BlockOutcome.LossWithdrawn withdrawn -> {}
            case BlockOutcome.Seen seen -> {}
            case BlockOutcome.Unseen missed -> {}
        }
    }

    /** Processes what waits, and writes some of the records of luck that have changed. Call it every second. */
    public void flush() {
        drain();
        write(RECORDS_PER_FLUSH);
    }

    private void end() {
        drain();
        write(Integer.MAX_VALUE);
    }

    private void write(int records) {
        luck.takeChanged(records)
                .forEach(record -> store.accept(new HistoryChange.BlocksRecorded(BlockChange.ofLuck(record))));
    }

    // ---- figures

    /** {@return how many blocks were not seen} */
    public long unseen() {
        return unseen;
    }

    /**
     * {@return the wins of a subject; zeros if it is unknown}
     *
     * @param subject whose wins
     */
    public SubjectWins wins(LuckSubject subject) {
        return luck.of(subject, clock.instant());
    }

    /**
     * {@return the wins of all subjects of that kind that ever had a chance to win, in any order}
     *
     * @param kind of the subjects
     */
    public List<SubjectWins> wins(LuckSubject.Kind kind) {
        return luck.all(kind, clock.instant());
    }
}
