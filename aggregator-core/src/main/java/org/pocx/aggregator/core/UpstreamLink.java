package org.pocx.aggregator.core;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.cache.MiningInfoCache;
import org.pocx.aggregator.core.forward.Destination;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.NamedUpstream;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamState;
import org.pocx.aggregator.core.upstream.UpstreamStatus;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * One of the upstreams, with all that polls it and what is known of it. As an {@link Upstream} it measures how long answers to
 * polls take. Fields that are not volatile belong to the lock of the {@link UpstreamSwitch}.
 */
final class UpstreamLink implements Upstream {
    private final LongSupplier nanoTime;
    private final Destination destination;
    private volatile NamedUpstream upstream;
    private volatile boolean frequent;
    private volatile @Nullable Duration latency;

    private @Nullable MiningInfo info;
    private @Nullable String lastError;
    private @Nullable Long failedSince;
    private UpstreamState state = UpstreamState.UNKNOWN;

    UpstreamLink(NamedUpstream upstream, Destination destination, boolean isFrequent, LongSupplier nanoTime) {
        this.upstream = upstream;
        this.destination = destination;
        this.frequent = isFrequent;
        this.nanoTime = nanoTime;
    }

    /** What polls it, and finds out whether it synchronises. */
    record Polling(MiningInfoCache cache, SynchronisationWatch synchronisation) {}

    private @Nullable Polling polling;

    /** To be called once, before anything is polled. */
    void polledBy(MiningInfoCache cache, SynchronisationWatch synchronisation) {
        polling = new Polling(cache, synchronisation);
    }

    private Polling polling() {
        Polling made = polling;
        if (made == null) {
            throw new IllegalStateException("nothing polls " + name());
        }
        return made;
    }

    MiningInfoCache cache() {
        return polling().cache();
    }

    SynchronisationWatch synchronisation() {
        return polling().synchronisation();
    }

    String id() {
        return upstream.id();
    }

    String name() {
        return upstream.name();
    }

    Upstream port() {
        return upstream.port();
    }

    Destination destination() {
        return destination;
    }

    /** Another name, or another port to the same upstream. */
    void replace(NamedUpstream changed) {
        upstream = changed;
        destination.replacePort(changed.port());
    }

    /** Whether it is polled at the short interval. */
    boolean isFrequent() {
        return frequent;
    }

    void frequent(boolean isFrequent) {
        frequent = isFrequent;
    }

    void answered(MiningInfo announced) {
        info = announced;
        lastError = null;
        failedSince = null;
    }

    void failed(UpstreamTrouble trouble, long now) {
        lastError = trouble.message().text();
        failedSince = failedSince == null ? now : failedSince;
    }

    /** What it announced last. */
    Optional<MiningInfo> info() {
        return Optional.ofNullable(info);
    }

    /** Whether it has been unreachable for that long; then this is true once. */
    boolean becomesForgotten(Duration time, long now) {
        Long since = failedSince;
        boolean isLong = since != null && info != null && now - since >= time.toNanos();
        if (isLong) {
            info = null;
        }
        return isLong;
    }

    /** Returns whether the state is another one than before. */
    boolean changeState(UpstreamState now) {
        boolean changes = state != now;
        state = now;
        return changes;
    }

    UpstreamStatus status(boolean isActive) {
        return new UpstreamStatus(
                name(), isActive, state, Optional.ofNullable(latency), Optional.ofNullable(lastError));
    }

    @Override
    public MiningInfoOutcome fetchMiningInfo() {
        long begun = nanoTime.getAsLong();
        MiningInfoOutcome outcome = port().fetchMiningInfo();
        if (outcome instanceof MiningInfoOutcome.Fetched) {
            latency = Duration.ofNanos(nanoTime.getAsLong() - begun);
        }
        return outcome;
    }

    @Override
    public SubmitOutcome submit(NonceSubmission submission) {
        return port().submit(submission);
    }

    @Override
    public boolean isSynchronising() {
        return port().isSynchronising();
    }
}
