package org.pocx.aggregator.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.cache.MiningInfoCache;
import org.pocx.aggregator.core.cache.PollingMiningInfoCache;
import org.pocx.aggregator.core.filter.Candidate;
import org.pocx.aggregator.core.forward.ForwardLoad;
import org.pocx.aggregator.core.forward.Forwarder;
import org.pocx.aggregator.core.history.HistoryRecorder;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.MiningInfoAnswer;
import org.pocx.aggregator.core.mining.NoAnswer;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.mining.SubmissionAnswer;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.mining.SubmissionRefusal;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.round.Round;
import org.pocx.aggregator.core.round.RoundChange;
import org.pocx.aggregator.core.stats.AggregatorListener;
import org.pocx.aggregator.core.stats.FarmSnapshot;
import org.pocx.aggregator.core.stats.FarmStatistics;
import org.pocx.aggregator.core.stats.Fate;
import org.pocx.aggregator.core.stats.ListenerFan;
import org.pocx.aggregator.core.stats.NonceEvent;
import org.pocx.aggregator.core.stats.SilenceObserver;
import org.pocx.aggregator.core.stats.SnapshotCache;
import org.pocx.aggregator.core.store.FarmHistory;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreWriter;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.time.ClockSteps;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * A farm's one way to its pool or wallet: hands out mining info, takes nonces, and sends on those that are worth it.
 *
 * <pre>{@code
 * try (Aggregator aggregator = Aggregator.builder().upstream(pool).build()) {
 *     aggregator.start();
 *     MiningInfoAnswer info = aggregator.miningInfo(new MinerId("10.0.0.7"));
 *     SubmissionAnswer answer = aggregator.submit(submission, new MinerId("10.0.0.7"));
 * }
 * }</pre>
 *
 * <p>Thread-safe. Several aggregators in one JVM share nothing.
 */
public final class Aggregator implements MiningService, AutoCloseable {
    /** An answer to a miner takes at most 4 s; the rest is for the way there and back. */
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(3_700);

    private static final Duration REFRESH_WITHIN = Duration.ofMillis(3_500);
    /** History may lag by a second. */
    private static final Duration RECORD_EVERY = Duration.ofSeconds(1);

    /** The farm's size changes slowly, and finding it out takes time in proportion to its machines. */
    private static final int MEASURE_EVERY = 5;

    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final Upstream upstream;
    private final SubmissionStore store;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final ExecutorService executor;
    private final MiningInfoCache cache;
    private final RecentRounds rounds = new RecentRounds();
    private final Forwarder forwarder;
    private final FarmStatistics statistics;
    private final HistoryRecorder recorder;
    private final SnapshotCache snapshots;
    private final StoreWriter writer;
    private final AggregatorListener listener;
    private final PocTime pocTime;
    private final UpstreamWatch watch;
    private final ClockWatch clockWatch;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    Aggregator(AggregatorBuilder parts, Upstream upstream) {
        this.upstream = upstream;
        this.store = parts.store();
        this.scheduler = parts.scheduler();
        this.clock = parts.clock();
        this.executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("upstream-", 0).factory());
        this.pocTime = PocTime.forBlockTime(parts.blockTimeSecs());
        this.writer = new StoreWriter(store, scheduler, new StoreWatch());
        this.statistics = new FarmStatistics(
                parts.blockTimeSecs(), scheduler, clock, writer::write, parts.silentRounds(), new MachineWatch());
        this.recorder = new HistoryRecorder(
                parts.blockTimeSecs(),
                scheduler::nanoTime,
                clock,
                store.history(),
                writer::write,
                new ListenerFan(parts.listeners())::logged);
        this.snapshots = new SnapshotCache(
                () -> statistics.snapshot().with(recorder.progress()), scheduler::nanoTime);
        List<AggregatorListener> listeners = new ArrayList<>(List.of(statistics, recorder));
        listeners.addAll(parts.listeners());
        this.listener = new ListenerFan(listeners);
        this.watch = new UpstreamWatch(listener, scheduler::nanoTime);
        this.clockWatch = new ClockWatch(new ClockSteps(clock, scheduler::nanoTime), listener);
        this.cache = parts.cache()
                .orElseGet(() -> new PollingMiningInfoCache(
                        upstream, parts.pollInterval(), parts.staleIfError(), scheduler, executor));
        this.forwarder = new Forwarder(
                parts.forwardSettings(),
                parts.filter(),
                upstream,
                writer,
                listener,
                scheduler,
                clock,
                executor,
                parts.random(),
                cache::refreshSoon);
    }

    /** {@return an aggregator in the making} Only the upstream has no default. */
    public static AggregatorBuilder builder() {
        return new AggregatorBuilder();
    }

    /**
     * Takes over what the store remembers, and begins to poll the upstream. Returns without waiting for the upstream.
     *
     * @throws IllegalStateException when it was started or closed before
     * @throws org.pocx.aggregator.core.store.StoreException when the store cannot be read
     */
    public void start() {
        if (closed.get() || started.getAndSet(true)) {
            throw new IllegalStateException("an aggregator is started once");
        }
        restore();
        listener.started();
        cache.start(this::polled);
        recordSoon(1);
    }

    /** Off the scheduler's thread: the snapshot of a large farm takes some milliseconds. */
    private void recordSoon(int count) {
        scheduler.schedule(RECORD_EVERY, () -> {
            if (!closed.get()) {
                clockWatch.check();
                executor.execute(count % MEASURE_EVERY == 0 ? () -> recorder.flush(snapshot()) : recorder::flush);
                recordSoon(count + 1);
            }
        });
    }

    private void restore() {
        StoredFarm farm = store.load(clock.instant());
        for (StoredFarm.StoredRound round : farm.openRounds()) {
            for (MiningInfo announcement : round.announcements()) {
                forwarder.announced(rounds.announce(announcement));
            }
        }
        Instant now = clock.instant();
        store.readHistory(statistics.blocksOfHistory(), statistics::restore);
        farm.verdicts().forEach(statistics::restore);
        recorder.restore(farm.openRounds().stream()
                .map(round -> round.announcements().getLast())
                .toList());
        forwarder.restore(farm);
        rounds.current().ifPresent(round -> statistics.resumeRound(
                round.info(), Duration.between(recorder.roundBegunAt().orElse(now), now)));
        farm.confirmedMachines().values().stream()
                .max(Comparator.naturalOrder())
                .ifPresent(last -> statistics.confirmedBefore(Duration.between(last, now)));
    }

    private void polled(MiningInfoOutcome outcome, long askedNanos) {
        switch (outcome) {
            case MiningInfoOutcome.Fetched fetched -> {
                rounds.announce(fetched.info(), this::announced);
                watch.up();
                forwarder.upstreamAnswered(askedNanos);
            }
            case UpstreamTrouble trouble -> {
                watch.down(trouble);
                forwarder.upstreamFailed();
            }
        }
    }

    /** All that a new round needs is there before its first nonce can be taken. */
    private void announced(RoundChange change) {
        MiningInfo info = change.round().info();
        switch (change.kind()) {
            case NONE -> {
                return;
            }
            case REANNOUNCED -> listener.roundChanged(info);
            case OPENED -> listener.newRound(info, false);
            case REVIVED -> listener.newRound(info, true);
        }
        writer.write(new StoreChange.RoundAnnounced(info, clock.instant()));
        forwarder.announced(change);
        change.closed().ifPresent(round -> writer.write(new StoreChange.RoundClosed(round.blockHash())));
    }

    @Override
    public MiningInfoAnswer miningInfo(MinerId miner) {
        listener.minerSeen(miner);
        return cache.current();
    }

    @Override
    public SubmissionAnswer submit(NonceSubmission submission, MinerId miner) {
        long begun = scheduler.nanoTime();
        listener.minerSeen(miner);
        Round round = rounds.find(submission.blockHash());
        if (round == null) {
            if (!cache.refresh(REFRESH_WITHIN)) {
                return new NoAnswer("unknown block hash, and the upstream could not be asked about it");
            }
            round = rounds.find(submission.blockHash());
        }
        SubmissionRefusal refusal = round == null ? new SubmissionRefusal.UnknownRound() : round.refusal(submission);
        if (round == null || refusal != null) {
            return refuse(submission, miner, refusal);
        }
        Candidate candidate = forwarder.offer(round, submission, miner);
        if (candidate == null) {
            return rounds.find(submission.blockHash()) == null
                    ? refuse(submission, miner, new SubmissionRefusal.UnknownRound())
                    : new NoAnswer("too many accounts in this round");
        }
        return awaitReceipt(candidate, submission, begun);
    }

    private SubmissionAnswer refuse(NonceSubmission submission, MinerId miner, @Nullable SubmissionRefusal refusal) {
        SubmissionRefusal why = refusal == null ? new SubmissionRefusal.UnknownRound() : refusal;
        NonceEvent event = new NonceEvent(
                submission,
                miner,
                null,
                Fate.REFUSED,
                submission.rawQuality(),
                why.message(),
                clock.instant(),
                Duration.ZERO);
        listener.received(event);
        listener.refused(event);
        return why;
    }

    private SubmissionAnswer awaitReceipt(Candidate candidate, NonceSubmission submission, long begun) {
        Future<Void> answerable = candidate.answerable();
        if (!answerable.isDone()) {
            long left = ANSWER_WITHIN.toNanos() - (scheduler.nanoTime() - begun);
            try {
                answerable.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException | CancellationException e) {
                return new NoAnswer("the nonce could not be made durable, and the upstream gave no verdict in time");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new NoAnswer("shutting down");
            }
        }
        return new SubmissionReceipt(
                submission.rawQuality(), pocTime.seconds(submission.rawQuality(), submission.baseTarget()));
    }

    /**
     * {@return the farm at this moment, or a little before: taking a snapshot costs at most a fiftieth of one
     * processor}
     */
    public FarmSnapshot snapshot() {
        return snapshots.get();
    }

    /** {@return the farm's past} Reading it never holds up a miner. */
    public FarmHistory history() {
        return store.history();
    }

    /**
     * {@return what is on its way to the upstream now} Costs time in proportion to the open lanes: ask once a second at
     * most.
     */
    public ForwardLoad forwardLoad() {
        return forwarder.load();
    }

    /** {@return time since the upstream last answered with mining info; empty when it never did} */
    public Optional<Duration> miningInfoAge() {
        return cache.age();
    }

    /** {@return whether nonces can be made durable and forwarded now} */
    public Readiness readiness() {
        return new Readiness(
                cache.trouble().map(UpstreamTrouble::message), writer.problem());
    }

    /**
     * Ends: sends nothing more, gives running attempts 2 seconds, and closes the store and the upstream. What has no
     * verdict yet stays in the outbox. Idempotent.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        cache.close();
        forwarder.close(DRAIN);
        upstream.close();
        executor.shutdownNow();
        awaitThreads();
        if (started.get()) {
            recorder.end(snapshot());
        }
        scheduler.close();
        store.close();
        listener.stopped();
    }

    private void awaitThreads() {
        try {
            executor.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Passes on what the statistics find; they are built before the listeners are. */
    private final class MachineWatch implements SilenceObserver {
        @Override
        public void silent(MinerId miner, int missedRounds) {
            listener.minerSilent(miner, missedRounds);
        }

        @Override
        public void back(MinerId miner, Duration silence) {
            listener.minerBack(miner, silence);
        }
    }

    /** Passes on what the writer finds; the writer is built before the listeners are. */
    private final class StoreWatch implements StoreWriter.Observer {
        @Override
        public void storeDown(String reason) {
            Optional.ofNullable(listener).ifPresent(told -> told.storeDown(reason));
        }

        @Override
        public void storeStillDown(String reason) {
            Optional.ofNullable(listener).ifPresent(told -> told.storeStillDown(reason));
        }

        @Override
        public void storeUp(Duration outage) {
            Optional.ofNullable(listener).ifPresent(told -> told.storeUp(outage));
        }

        @Override
        public void stored(Duration took) {
            Optional.ofNullable(listener).ifPresent(told -> told.stored(took));
        }
    }
}
