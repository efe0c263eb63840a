package org.pocx.aggregator.core;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.cache.MiningInfoCache;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.filter.NonceVerifier;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.forward.ForwardSettings;
import org.pocx.aggregator.core.forward.ResendSettings;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.core.upstream.Upstream;

/**
 * The parts of an {@link Aggregator}; each but the upstream has a default that works. Each setter checks its argument at
 * once, and throws {@link NullPointerException} for null. Not thread-safe.
 */
public final class AggregatorBuilder {
    private static final int POOL_IN_FLIGHT = 32;
    private static final int WALLET_IN_FLIGHT = 4;
    private static final Duration MIN_STALE_IF_ERROR = Duration.ofSeconds(30);
    private static final Duration DEFAULT_BLOCK_TIME = Duration.ofMinutes(2);
    private static final Duration MIN_BLOCK_TIME = Duration.ofSeconds(1);
    private static final Duration MAX_BLOCK_TIME = Duration.ofDays(1);
    private static final Duration MIN_POLL_INTERVAL = Duration.ofMillis(10);
    private static final Duration MAX_POLL_INTERVAL = Duration.ofHours(1);
    private static final Duration MAX_STALE_IF_ERROR = Duration.ofDays(365);

    private @Nullable Upstream upstream;
    private SubmissionMode mode = SubmissionMode.POOL;
    private @Nullable SubmissionFilter filter;
    private @Nullable NonceVerifier verifier;
    private @Nullable SubmissionStore store;
    private @Nullable MiningInfoCache cache;
    private @Nullable RetryPolicy retryPolicy;
    private @Nullable Duration staleIfError;
    private @Nullable Scheduler scheduler;
    private Duration blockTime = DEFAULT_BLOCK_TIME;
    private @Nullable Duration pollInterval;
    private int maxInFlight;
    private boolean resend;
    private InstantSource clock = WallClock.system();
    private RandomGenerator random = RandomGenerator.getDefault();
    private final List<AggregatorListener> listeners = new ArrayList<>();

    AggregatorBuilder() {}

    /**
     * The pool or wallet. Required. The aggregator closes it.
     *
     * @param port asked from several threads at once
     * @return this
     */
    public AggregatorBuilder upstream(Upstream port) {
        upstream = Objects.requireNonNull(port, "upstream");
        return this;
    }

    /**
     * What the upstream is; decides the defaults of filter, retries and nonces in flight. Default: a pool.
     *
     * @param kind pool or wallet
     * @return this
     */
    public AggregatorBuilder mode(SubmissionMode kind) {
        mode = Objects.requireNonNull(kind, "mode");
        return this;
    }

    /**
     * Which nonces the upstream gets. Default: by the mode.
     *
     * @param rule asked about each nonce, from several threads at once
     * @return this
     * @throws IllegalArgumentException when its {@link SubmissionFilter#bestPerKey} is out of range
     */
    public AggregatorBuilder filter(SubmissionFilter rule) {
        int best = Objects.requireNonNull(rule, "filter").bestPerKey();
        if (best < 1 || best > SubmissionFilter.MAX_BEST_PER_KEY) {
            throw new IllegalArgumentException(
                    "the filter's bestPerKey must be 1 to " + SubmissionFilter.MAX_BEST_PER_KEY + ", not " + best);
        }
        filter = rule;
        return this;
    }

    /**
     * What computes the quality of nonces of machines that are not trusted, before they are sent. Default: nothing, they are
     * sent unverified.
     *
     * @param port asked about several nonces at once; whoever created it closes it, after the aggregator
     * @return this
     */
    public AggregatorBuilder verifier(NonceVerifier port) {
        verifier = Objects.requireNonNull(port, "verifier");
        return this;
    }

    /**
     * Durable memory. Default: none that outlives the process. The aggregator closes it.
     *
     * @param port open already; of one aggregator alone, which {@link #build} checks
     * @return this
     */
    public AggregatorBuilder store(SubmissionStore port) {
        store = Objects.requireNonNull(port, "store");
        return this;
    }

    /**
     * Where mining info comes from. Default: the upstream is polled. The aggregator closes it.
     *
     * @param port not started yet; of one aggregator alone
     * @return this
     */
    public AggregatorBuilder miningInfoCache(MiningInfoCache port) {
        cache = Objects.requireNonNull(port, "miningInfoCache");
        return this;
    }

    /**
     * The chain's block time. Default: 120 s.
     *
     * @param time 1 to 86,400 whole seconds
     * @return this
     * @throws IllegalArgumentException when it is out of this range
     */
    public AggregatorBuilder blockTime(Duration time) {
        if (Objects.requireNonNull(time, "blockTime").toNanosPart() != 0) {
            throw new IllegalArgumentException("blockTime must be whole seconds, not " + time);
        }
        blockTime = inRange("blockTime", time, MIN_BLOCK_TIME, MAX_BLOCK_TIME);
        return this;
    }

    /**
     * Time between two polls of the upstream. Default: 1 s, in wallet mode 250 ms: the restart of a node must not
     * go unnoticed between two polls.
     *
     * @param interval 10 ms to 1 hour; short ones cost the upstream a request each
     * @return this
     * @throws IllegalArgumentException when it is out of this range
     */
    public AggregatorBuilder pollInterval(Duration interval) {
        pollInterval = inRange("pollInterval", interval, MIN_POLL_INTERVAL, MAX_POLL_INTERVAL);
        return this;
    }

    /**
     * For how long the last mining info is handed out while the upstream is away. Default: the block time, at least 30
     * s.
     *
     * @param time 0 to 365 days, by the monotonic clock
     * @return this
     * @throws IllegalArgumentException when it is out of this range
     */
    public AggregatorBuilder staleIfError(Duration time) {
        staleIfError = inRange("staleIfError", time, Duration.ZERO, MAX_STALE_IF_ERROR);
        return this;
    }

    /**
     * Nonces being sent at once. Default: 32 to a pool, 4 to a wallet.
     *
     * @param nonces at least 1, over all lanes
     * @return this
     * @throws IllegalArgumentException when it is less than 1
     */
    public AggregatorBuilder maxInFlight(int nonces) {
        maxInFlight = atLeastOne("maxInFlight", nonces);
        return this;
    }

    /**
     * Whether confirmed nonces are sent again after the upstream may have begun anew, as it may have forgotten them. A
     * wallet's node keeps them in memory only: they always are sent again to it. Default for a pool: they are not.
     *
     * @param wanted for a pool; has no effect on a wallet
     * @return this
     */
    public AggregatorBuilder resend(boolean wanted) {
        resend = wanted;
        return this;
    }

    /**
     * When nonces without a verdict are sent again. Default: by the mode.
     *
     * @param policy asked after each attempt without a verdict
     * @return this
     */
    public AggregatorBuilder retryPolicy(RetryPolicy policy) {
        retryPolicy = Objects.requireNonNull(policy, "retryPolicy");
        return this;
    }

    /**
     * Adds a listener.
     *
     * @param listener told after those that were added before; must not block
     * @return this
     */
    public AggregatorBuilder listener(AggregatorListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Delays and the monotonic clock. Default: the system's. The aggregator closes it.
     *
     * @param port shared by all parts, so that one fake clock moves them all
     * @return this
     */
    public AggregatorBuilder scheduler(Scheduler port) {
        scheduler = Objects.requireNonNull(port, "scheduler");
        return this;
    }

    /**
     * The wall clock, for timestamps. Default: the system's.
     *
     * @param source read from any thread; may jump, which only timestamps follow
     * @return this
     */
    public AggregatorBuilder clock(InstantSource source) {
        clock = Objects.requireNonNull(source, "clock");
        return this;
    }

    /**
     * Jitter. Default: the platform's generator.
     *
     * @param generator thread-safe; nothing secret hangs on it
     * @return this
     */
    public AggregatorBuilder random(RandomGenerator generator) {
        random = Objects.requireNonNull(generator, "random");
        return this;
    }

    /**
     * Puts the parts together; nothing runs before {@link Aggregator#start}.
     *
     * @return a new aggregator, which owns the ports that it was given
     * @throws IllegalStateException when no upstream was given, or when the store belongs to another aggregator, which is
     *     not closed yet
     */
    public Aggregator build() {
        if (upstream == null) {
            throw new IllegalStateException("cannot build an aggregator: it has no upstream. Call upstream(…) before");
        }
        return new Aggregator(this, upstream);
    }

    private static Duration inRange(String setter, Duration value, Duration least, Duration most) {
        if (Objects.requireNonNull(value, setter).compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(setter + " must be " + least + " to " + most + ", not " + value);
        }
        return value;
    }

    private static int atLeastOne(String setter, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(setter + " must be at least 1, not " + value);
        }
        return value;
    }

    SubmissionFilter filter() {
        if (filter != null) {
            return filter;
        }
        return switch (mode) {
            case POOL -> SubmissionFilter.bestPerAccount();
            case WALLET -> SubmissionFilter.globalBest();
        };
    }

    @Nullable
    NonceVerifier verifier() {
        return verifier;
    }

    ForwardSettings forwardSettings() {
        return switch (mode) {
            case POOL -> new ForwardSettings(
                    maxInFlight > 0 ? maxInFlight : POOL_IN_FLIGHT,
                    retryPolicy != null
                            ? retryPolicy
                            : RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                    blockTime.multipliedBy(2),
                    new ResendSettings(resend, false, blockTime));
            case WALLET -> new ForwardSettings(
                    maxInFlight > 0 ? maxInFlight : WALLET_IN_FLIGHT,
                    retryPolicy != null ? retryPolicy : RetryPolicy.atNextPoll(),
                    Duration.ZERO,
                    new ResendSettings(true, true, blockTime));
        };
    }

    /** Whether the upstream is a node, which may be asked about itself. */
    boolean isNode() {
        return mode == SubmissionMode.WALLET;
    }

    SubmissionStore store() {
        return store != null ? store : SubmissionStore.inMemory();
    }

    Optional<MiningInfoCache> cache() {
        return Optional.ofNullable(cache);
    }

    int blockTimeSecs() {
        return Math.toIntExact(blockTime.toSeconds());
    }

    Duration pollInterval() {
        if (pollInterval != null) {
            return pollInterval;
        }
        return switch (mode) {
            case POOL -> Duration.ofSeconds(1);
            case WALLET -> Duration.ofMillis(250);
        };
    }

    Duration staleIfError() {
        if (staleIfError != null) {
            return staleIfError;
        }
        return blockTime.compareTo(MIN_STALE_IF_ERROR) > 0 ? blockTime : MIN_STALE_IF_ERROR;
    }

    Scheduler scheduler() {
        return scheduler != null ? scheduler : Scheduler.system("aggregator-timer");
    }

    InstantSource clock() {
        return clock;
    }

    RandomGenerator random() {
        return random;
    }

    List<AggregatorListener> listeners() {
        return listeners;
    }
}
