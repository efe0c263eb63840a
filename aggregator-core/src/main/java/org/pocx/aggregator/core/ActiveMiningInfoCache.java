package org.pocx.aggregator.core;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.pocx.aggregator.core.cache.MiningInfoCache;
import org.pocx.aggregator.core.mining.MiningInfoAnswer;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** What the active upstream announced: miners are answered from its cache. Thread-safe. */
final class ActiveMiningInfoCache implements MiningInfoCache {
    private final Supplier<MiningInfoCache> active;

    ActiveMiningInfoCache(Supplier<MiningInfoCache> active) {
        this.active = active;
    }

    @Override
    public void start(Observer observer) {
        throw new IllegalStateException("the upstreams' own caches are started instead");
    }

    @Override
    public boolean refresh(Duration atMost) {
        return active.get().refresh(atMost);
    }

    @Override
    public void refreshSoon() {
        active.get().refreshSoon();
    }

    @Override
    public MiningInfoAnswer current() {
        return active.get().current();
    }

    @Override
    public Optional<UpstreamTrouble> trouble() {
        return active.get().trouble();
    }

    @Override
    public Optional<Duration> age() {
        return active.get().age();
    }

    @Override
    public void close() {
        // The upstreams' own caches are closed instead.
    }
}
