package org.pocx.aggregator.core;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.pocx.aggregator.core.cache.MiningInfoCache;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.failover.FailoverSettings;
import org.pocx.aggregator.core.forward.Forwarder;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfoAnswer;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.mining.SubmissionAnswer;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.time.ClockSteps;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.ForwardLoad;
import org.pocx.aggregator.core.upstream.NamedUpstream;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamStatus;
import org.pocx.aggregator.core.upstream.VerdictAnswer;

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
 * <p>Thread-safe. Several aggregators in one JVM share nothing; each needs its own store.
 */
public final class Aggregator implements MiningService, AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final SubmissionStore store;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final ExecutorService executor;
    private final MiningInfoCache cache;
    private final RecentRounds rounds;
    private final Forwarder forwarder;
    private final UpstreamSwitch upstreams;
    private final NonceIntake nonces;
    private final ClockWatch clockWatch;
    private final StoreWriter writer;
    private final AggregatorListener listener;
    private final Lifecycle lifecycle = new Lifecycle();

    Aggregator(AggregatorBuilder parts, List<NamedUpstream> named) {
        this.store = StoreClaims.claim(parts.store());
        this.scheduler = parts.scheduler();
        this.clock = parts.clock();
        this.executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("upstream-", 0).factory());
        this.listener = new EventPublisher(parts.listeners());
        this.writer = new StoreWriter(store, scheduler, listener);
        this.rounds = new RecentRounds(named.getFirst().id());
        this.cache = new ActiveMiningInfoCache(this::activeCache);
        this.forwarder = new Forwarder(
                parts.forwardSettings(),
                parts.filter(),
                parts.verifier(),
                named.getFirst(),
                writer,
                listener,
                scheduler,
                clock,
                executor,
                parts.random(),
                cache::refreshSoon,
                rounds::isOpenAtActive,
                this::attemptEnded);
        this.upstreams = new UpstreamSwitch(
                named,
                parts.failover(),
                Duration.ofSeconds(parts.blockTimeSecs()),
                forwarder,
                rounds,
                new PollIntake(
                        rounds, forwarder, writer, listener, new UpstreamWatch(listener, scheduler::nanoTime), clock),
                link -> polling(parts, link),
                listener,
                scheduler);
        this.nonces = new NonceIntake(
                rounds, cache, forwarder, listener, PocTime.forBlockTime(parts.blockTimeSecs()), scheduler, clock);
        this.clockWatch = new ClockWatch(new ClockSteps(clock, scheduler::nanoTime), scheduler, listener);
    }

    private UpstreamLink.Polling polling(AggregatorBuilder parts, UpstreamLink link) {
        Supplier<Duration> interval =
                () -> link.isFrequent() ? parts.pollInterval() : upstreams.standbyInterval();
        MiningInfoCache polled = parts.cache()
                .orElseGet(() -> MiningInfoCache.polling(
                        link, parts.pollInterval(), interval, parts.staleIfError(), scheduler, executor));
        AggregatorListener ofActive = event -> {
            if (forwarder.active() == link.destination()) {
                listener.on(event);
            }
        };
        return new UpstreamLink.Polling(
                polled,
                new SynchronisationWatch(
                        Duration.ofSeconds(parts.blockTimeSecs()),
                        parts.isNode() ? link::isSynchronising : () -> false,
                        executor,
                        scheduler::nanoTime,
                        ofActive));
    }

    private MiningInfoCache activeCache() {
        return upstreams.activeCache();
    }

    private void attemptEnded(
            String upstream, String accountId, SubmitOutcome outcome, boolean isCut, long begunNanos) {
        upstreams.attemptEnded(upstream, accountId, outcome, isCut, begunNanos);
    }

    /** {@return an aggregator in the making} Only the upstream has no default. */
    public static AggregatorBuilder builder() {
        return new AggregatorBuilder();
    }

    /**
     * Takes over what the store remembers, and begins to poll the upstream. Returns without waiting for the upstream. When
     * it throws, the aggregator cannot be used any more and is to be closed.
     *
     * @throws IllegalStateException when it was started or closed before
     * @throws org.pocx.aggregator.core.store.StoreException when the store cannot be read
     */
    public void start() {
        lifecycle.start(this::startParts);
    }

    private void startParts() {
        StoredFarm farm = new Restart(store, clock, rounds, forwarder, listener).takeOver();
        upstreams.start(
                farm.openRounds().stream()
                        .flatMap(round -> round.upstreams().stream())
                        .filter(id -> !id.isEmpty())
                        .collect(Collectors.toSet()),
                farm.verdicts().stream()
                        .filter(verdict -> verdict.outcome() == Verdict.Outcome.CONFIRMED)
                        .map(verdict -> verdict.submission().accountId())
                        .collect(Collectors.toSet()));
        clockWatch.start();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException before {@link #start} has returned and after {@link #close}, even when it is closed
     *     during the call
     */
    @Override
    public MiningInfoAnswer miningInfo(MinerId miner) {
        lifecycle.requireRunning("answer get_mining_info");
        listener.on(new AggregatorEvent.MinerSeen(miner));
        MiningInfoAnswer answer = cache.current();
        lifecycle.requireRunning("answer get_mining_info");
        return answer;
    }

    /**
     * {@inheritDoc}
     *
     * @return as above; {@link org.pocx.aggregator.core.mining.NoAnswer} also when it is closed during the call
     * @throws IllegalStateException before {@link #start} has returned and after {@link #close}
     */
    @Override
    public SubmissionAnswer submit(NonceSubmission submission, MinerId miner) {
        lifecycle.requireRunning("take a nonce");
        return nonces.take(submission, miner, null);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException before {@link #start} has returned and after {@link #close}
     */
    @Override
    public SubmissionAnswer submit(
            NonceSubmission submission, MinerId miner, CompletableFuture<VerdictAnswer> verdict) {
        lifecycle.requireRunning("take a nonce");
        return nonces.take(submission, miner, Objects.requireNonNull(verdict, "verdict"));
    }

    /**
     * {@return what is on its way to the upstream now} Costs time in proportion to the open lanes: ask once a second at
     * most.
     */
    public ForwardLoad forwardLoad() {
        return forwarder.load();
    }

    /** {@return how each upstream is now, in order of preference} Quick, at any rate. */
    public List<UpstreamStatus> upstreams() {
        return upstreams.statuses();
    }

    /**
     * Uses other upstreams from now on, or the same in another order, with other names or credentials. What is on its way to one
     * that is not among them any more is sent to the one that becomes active. Upstreams with the id of a present one take its
     * place, and its port is closed unless it is the same object.
     *
     * @param changed in order of preference, at least one; names and ids are unique. The aggregator closes them
     * @param after as {@link AggregatorBuilder#failover}
     * @param returnAfter as {@link AggregatorBuilder#failover}
     * @throws IllegalArgumentException when the upstreams or the times are not as they have to be
     * @throws IllegalStateException before {@link #start} has returned and after {@link #close}
     */
    public void changeUpstreams(List<NamedUpstream> changed, Duration after, Duration returnAfter) {
        lifecycle.requireRunning("change its upstreams");
        upstreams.change(AggregatorBuilder.checked(changed), new FailoverSettings(after, returnAfter));
    }

    /** {@return time since the upstream last answered with mining info; empty when it never did} */
    public Optional<Duration> miningInfoAge() {
        return cache.age();
    }

    /** {@return whether nonces can be made durable and forwarded now} */
    public Readiness readiness() {
        return new Readiness(
                cache.trouble()
                        .map(trouble -> trouble.message().text())
                        .or(() -> forwarder.misfit().map(Aggregator::misfit))
                        .or(() -> upstreams.synchronising().map(evidence -> "the node is synchronising: " + evidence)),
                writer.problem());
    }

    private static String misfit(UpstreamMessage message) {
        return "requests do not fit this upstream (another version, or a node without a wallet): " + message.text();
    }

    /**
     * Ends: takes and sends nothing more, gives running attempts 2 seconds, and closes the store and the upstream. What has
     * no verdict yet stays in the outbox. Idempotent. Calls of {@link #submit} that are waiting end at once with {@link
     * org.pocx.aggregator.core.mining.NoAnswer}: let the transport finish its requests first.
     */
    @Override
    public void close() {
        if (!lifecycle.end()) {
            return;
        }
        boolean hasRun = lifecycle.hasRun();
        nonces.close();
        clockWatch.stop();
        upstreams.stop();
        forwarder.close(DRAIN);
        upstreams.closePorts();
        executor.shutdownNow();
        awaitThreads();
        if (hasRun) {
            listener.on(new AggregatorEvent.Stopped());
        }
        scheduler.close();
        store.close();
        StoreClaims.release(store);
    }

    private void awaitThreads() {
        try {
            executor.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
