package org.pocx.aggregator.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.statistics.blocks.RoundShares;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.HistoryChange;

/**
 * Counts the states of nonces for each machine and account, and updates the history of best nonces.
 *
 * <p>Thread-safe without a common lock: each machine and account has its own. Bounded by {@link FarmRegistry}.
 */
final class FarmCounters {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int PAST_VERDICTS = 20_000;

    private static final long A_DAY = Duration.ofDays(1).toNanos();

    private final int blockTimeSecs;
    private final int blocksPerDay;
    private final PocTime pocTime;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Consumer<HistoryChange> history;
    private final MachineDirectory directory;
    private final long builtNanos;
    private final Duration historyTime;

    private final FarmRegistry registry;
    private final UpstreamErrorLog upstreamLog;
    private final SilenceDetector silence;

    private volatile @Nullable MiningInfo current;
    private volatile long roundSinceNanos;
    private volatile long resumedNanos;
    private volatile @Nullable Long confirmedNanos;
    private volatile boolean upstreamUp;
    private volatile String upstreamProblem = "no answer from the upstream yet";
    private volatile String misfit = "";
    private volatile String synchronising = "";
    private volatile @Nullable String storeProblem;

    /**
     * Creates counters without any data.
     *
     * @param blockTimeSecs 1 to 86,400
     * @param scheduler measures durations, and runs later checks for silent machines
     * @param clock the wall clock, for the times of history
     * @param history receives each change of the history; must not block
     * @param silentRounds rounds after which a machine is silent, at least 1
     * @param listener receives the events of silent machines
     * @param directory asked for each snapshot
     */
    FarmCounters(
            int blockTimeSecs,
            Scheduler scheduler,
            InstantSource clock,
            Consumer<HistoryChange> history,
            int silentRounds,
            StatisticsListener listener,
            MachineDirectory directory) {
        this.blockTimeSecs = blockTimeSecs;
        this.pocTime = PocTime.forBlockTime(blockTimeSecs); // which refuses 0
        this.blocksPerDay = SECONDS_PER_DAY / blockTimeSecs;
        this.scheduler = scheduler;
        this.clock = clock;
        this.history = history;
        this.directory = directory;
        this.builtNanos = scheduler.nanoTime();
        this.resumedNanos = builtNanos;
        this.upstreamLog = new UpstreamErrorLog(clock);
        Duration ofCapacity = Duration.ofSeconds(blockTimeSecs).multipliedBy(BlockWindow.CAPACITY_BLOCKS + 1L);
        this.historyTime = ofCapacity.compareTo(DAY) > 0 ? ofCapacity : DAY;
        this.registry = new FarmRegistry(blocksPerDay, this::round, scheduler::nanoTime);
        this.silence = new SilenceDetector(silentRounds, blockTimeSecs, scheduler, listener, registry);
    }

    /** {@return the number of blocks of history that {@link #restore} uses} */
    long blocksOfHistory() {
        return blocksPerDay + 1L;
    }

    /**
     * Restores a row of the history. Rows that are too old to have an effect are ignored.
     *
     * @param best a row of the history, of this chain
     */
    void restore(BestNonce best) {
        if (Duration.between(best.at(), clock.instant()).compareTo(historyTime) >= 0) {
            return;
        }
        long nanos = nanosOf(best.at());
        MachineEntry machine = registry.machine(best.machine(), nanos);
        machine.seenBefore(nanos);
        machine.activity().restoredBest(best.height());
        registry.account(best.accountId(), nanos).restoredBest(best.height());
        registry.pair(machine, best.accountId(), nanos).restore(best, nanos);
    }

    /**
     * Restores a verdict of an open round. A nonce that was confirmed or taken over is shown so, and counts as received and as
     * that at the start, because the upstream may still revoke it. Called after the history was restored.
     *
     * @param verdict of a nonce of an open round
     */
    void restore(Verdict verdict) {
        if (!verdict.outcome().isAccepted()) {
            return;
        }
        String accountId = verdict.submission().accountId();
        long received = nanosOf(verdict.nonce().receivedAt());
        MachineEntry machine = registry.machine(verdict.miner().id(), received);
        machine.pair(accountId).ifPresent(pair -> pair.restore(verdict));
        Fate fate = CountedNonce.fate(verdict);
        machine.tally().addAccepted(fate, verdict.isBad());
        registry.account(accountId, received).tally().addAccepted(fate, verdict.isBad());
    }

    /** {@return the number of verdicts that {@link #restorePast} uses} */
    int pastVerdicts() {
        return PAST_VERDICTS;
    }

    /**
     * Restores past verdicts of any round. A machine without a nonce in the history becomes known by verdicts of the
     * last day.
     *
     * @param newestFirst the verdicts, newest first
     */
    void restorePast(List<Verdict> newestFirst) {
        long now = scheduler.nanoTime();
        for (Verdict verdict : newestFirst.reversed()) {
            if (verdict.isBad() || verdict.outcome() == Verdict.Outcome.CONFIRMED) {
                long at = nanosOf(verdict.at());
                String id = verdict.miner().id();
                MachineEntry machine = now - at < A_DAY ? registry.machine(id, at) : registry.knownMachine(id);
                if (machine != null) {
                    machine.seenBefore(at);
                    machine.verdicts().add(verdict.isBad(), at);
                }
            }
        }
    }

    /** Converts a past time to the monotonic clock; if the wall clock was set back, the result is now. */
    private long nanosOf(Instant past) {
        Duration ago = Duration.between(past, clock.instant());
        return scheduler.nanoTime() - (ago.isNegative() ? 0 : ago.toNanos());
    }

    /** A nonce of a machine was checked. */
    void checked(MinerId miner) {
        MachineEntry machine = registry.knownMachine(miner.address());
        if (machine != null) {
            machine.checked(scheduler.nanoTime());
        }
    }

    // ---- events

    void on(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.NonceRepeated repeated -> {}
            case AggregatorEvent.MinerSeen seen -> minerSeen(seen.miner());
            case FateChanged changed -> fateChanged(changed);
            case AggregatorEvent.Delayed delayed -> upstreamLog.add(delayed.trouble().message().text());
            case AggregatorEvent.Held held -> {}
            case AggregatorEvent.RoundChanged changed -> roundChanged(changed);
            case AggregatorEvent.MachineSuspected suspected -> machine(suspected.miner()).suspect(true);
            case AggregatorEvent.UpstreamDown down -> upstreamDown(down);
            case AggregatorEvent.UpstreamUp up -> {
                upstreamUp = true;
                upstreamProblem = "";
            }
            case AggregatorEvent.RequestsMisfit changed -> misfit = changed.message()
                    .map(message -> "it cannot process our requests (another version, or a node without a wallet): "
                            + message.text())
                    .orElse("");
            case AggregatorEvent.Synchronising changed -> synchronising = changed.evidence()
                    .map(evidence -> "it is still synchronising: " + evidence)
                    .orElse("");
            case AggregatorEvent.UpstreamSwitched switched -> {}
            case AggregatorEvent.UpstreamStateChanged changed -> {}
            case AggregatorEvent.StoreDown down -> storeProblem = down.reason();
            case AggregatorEvent.StoreUp up -> storeProblem = null;
            case AggregatorEvent.Started started -> {}
            case AggregatorEvent.Stopped stopped -> {}
            case AggregatorEvent.Forwarded forwarded -> {}
            case AggregatorEvent.AccountAccepted accepted -> {}
            case AggregatorEvent.ClockChanged changed -> {}
            case AggregatorEvent.StoreWritten written -> {}
        }
    }

    private void minerSeen(MinerId miner) {
        long now = scheduler.nanoTime();
        MachineEntry machine = machine(miner);
        silence.seen(machine, now);
        machine.seen(now);
    }

    private void roundChanged(AggregatorEvent.RoundChanged changed) {
        switch (changed.kind()) {
            case OPENED, REVIVED -> beginRound(changed.info());
            case REANNOUNCED -> current = changed.info();
        }
    }

    private void beginRound(MiningInfo info) {
        current = info;
        roundSinceNanos = scheduler.nanoTime();
        registry.machines().forEach(machine -> machine.suspect(false));
        silence.roundBegan(info);
        registry.removeUnseen();
    }

    /**
     * Restores the current round, which was announced before the restart.
     *
     * @param info its newest announcement
     * @param since time since it began; negative (after the clock was set back) counts as zero
     */
    void resumeRound(MiningInfo info, Duration since) {
        beginRound(info);
        resumedNanos = scheduler.nanoTime();
        roundSinceNanos = resumedNanos - Math.max(0, since.toNanos());
    }

    /**
     * Restores the time of the last confirmation before the restart.
     *
     * @param since time since the upstream's answer; negative counts as zero
     */
    void confirmedBefore(Duration since) {
        confirmedNanos = scheduler.nanoTime() - Math.max(0, since.toNanos());
    }

    private void upstreamDown(AggregatorEvent.UpstreamDown down) {
        upstreamUp = false;
        String message = down.trouble().message().text();
        if (down.first() || !message.equals(upstreamProblem)) {
            upstreamProblem = message;
            upstreamLog.add(message);
        }
    }

    private void fateChanged(FateChanged event) {
        MinerId miner = event.nonce().miner();
        String accountId = event.nonce().submission().accountId();
        switch (event.after()) {
            case REFUSED -> {
                machine(miner).tally().move(event);
                AccountEntry account = registry.knownAccount(accountId);
                if (account != null) {
                    account.tally().move(event);
                }
                return;
            }
            case CONFIRMED -> {
                confirmedNanos = scheduler.nanoTime();
                machine(miner).verdicts().add(event.isOverClaim(), scheduler.nanoTime());
            }
            case REJECTED -> {
                MachineEntry machine = machine(miner);
                machine.rejected(event.message());
                if (event.badProof()) {
                    machine.verdicts().add(true, scheduler.nanoTime());
                }
                registry.account(accountId, scheduler.nanoTime()).rejected(event.message());
                if (!event.unsent()) {
                    upstreamLog.add("rejected: " + event.message());
                }
            }
            case STALE -> upstreamLog.add("stale: " + event.message());
            case FILTERED, SUPERSEDED, PENDING, TAKEN_OVER, EXPIRED -> {}
        }
        move(event);
    }

    private void move(FateChanged event) {
        long now = scheduler.nanoTime();
        long received = now - event.sinceReceived().toNanos();
        String accountId = event.nonce().submission().accountId();
        MachineEntry machine = registry.machine(event.nonce().miner().id(), event.isReceived() ? received : now);
        machine.tally().move(event);
        AccountEntry account = registry.account(accountId, event.isReceived() ? received : now);
        account.tally().move(event);
        if (event.isReceived() && received - resumedNanos >= 0) { // nonces from the outbox do not count for this round
            silence.submitted(machine, account, now);
        }
        Optional<HistoryChange> change = event.isReceived()
                ? registry.pair(machine, accountId, now).received(event, round(event.nonce().submission()), received)
                : machine.pair(accountId).flatMap(pair -> pair.moved(event));
        change.ifPresent(history);
    }

    private MachineEntry machine(MinerId miner) {
        return registry.machine(miner.id(), scheduler.nanoTime());
    }

    /** The block hash of its round; for the current round always the same String object. */
    private String round(NonceSubmission submission) {
        MiningInfo info = current;
        return info != null && info.blockHash().equals(submission.blockHash())
                ? info.blockHash()
                : submission.blockHash();
    }

    /** A method, because the detector is created after the registry that uses it. */
    private long round() {
        return silence.round();
    }

    // ---- blocks

    /** The capacity of each machine and account with a nonce in a round that was not rejected; see {@link RoundShares}. */
    List<RoundShares.Share> shares(long height) {
        List<RoundShares.Share> shares = new ArrayList<>();
        for (MachineEntry machine : registry.machines()) {
            machine.pairs().values().forEach(pair -> pair.share(height).ifPresent(shares::add));
        }
        return shares;
    }

    // ---- the snapshot

    /**
     * {@return the current state of the farm} The time is proportional to the number of machines and accounts: do not
     * call it for each request.
     */
    FarmSnapshot snapshot() {
        Instant at = clock.instant();
        long now = scheduler.nanoTime();
        return new SnapshotBuilder(registry.machines(), registry.accounts(), directory, current, now, blocksPerDay)
                .build(
                        at,
                        Duration.ofNanos(now - builtNanos),
                        Duration.ofNanos(current == null ? 0 : now - roundSinceNanos),
                        registry.removed(),
                        upstreamView(now),
                        new FarmSnapshot.StoreView(storeProblem == null, Optional.ofNullable(storeProblem).orElse("")),
                        pocTime,
                        blockTimeSecs);
    }

    private FarmSnapshot.UpstreamView upstreamView(long now) {
        Long confirmed = confirmedNanos;
        return new FarmSnapshot.UpstreamView(
                upstreamUp,
                Stream.of(upstreamProblem, misfit, synchronising)
                        .filter(words -> !words.isEmpty())
                        .findFirst()
                        .orElse(""),
                confirmed == null ? Optional.empty() : Optional.of(Duration.ofNanos(now - confirmed)),
                upstreamLog.latest());
    }
}
