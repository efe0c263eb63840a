package org.pocx.aggregator.core;

import java.time.Duration;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.stats.SilenceObserver;
import org.pocx.aggregator.core.store.StoreWriter;

/**
 * Tells the listeners what the store writer and the statistics find. These are built before the listeners, two of which
 * write to the store themselves; until it knows the listeners, it tells nobody. Thread-safe.
 */
final class Relay implements StoreWriter.Observer, SilenceObserver {
    private volatile AggregatorListener listener = new AggregatorListener() {};

    /** From now on, this one is told. */
    void tell(AggregatorListener all) {
        listener = all;
    }

    @Override
    public void silent(MinerId miner, int missedRounds) {
        listener.minerSilent(miner, missedRounds);
    }

    @Override
    public void back(MinerId miner, Duration silence) {
        listener.minerBack(miner, silence);
    }

    @Override
    public void storeDown(String reason) {
        listener.storeDown(reason);
    }

    @Override
    public void storeStillDown(String reason) {
        listener.storeStillDown(reason);
    }

    @Override
    public void storeUp(Duration outage) {
        listener.storeUp(outage);
    }

    @Override
    public void stored(Duration took) {
        listener.stored(took);
    }
}
