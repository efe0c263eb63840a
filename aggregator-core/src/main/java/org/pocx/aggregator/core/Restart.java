package org.pocx.aggregator.core;

import java.time.InstantSource;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.forward.Forwarder;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;

/**
 * Hands out what an earlier process left in the store, before anything new comes. The order matters: lanes take verdicts
 * and nonces of rounds that are open, and listeners learn what is remembered before the nonces of the outbox.
 */
record Restart(
        SubmissionStore store,
        InstantSource clock,
        RecentRounds rounds,
        Forwarder forwarder,
        AggregatorListener listener) {

    /** @throws org.pocx.aggregator.core.store.StoreException when the store cannot be read */
    StoredFarm takeOver() {
        StoredFarm farm = store.load(clock.instant());
        farm.openRounds().forEach(this::takeOver);
        listener.on(new AggregatorEvent.Started(farm));
        forwarder.restore(farm);
        return farm;
    }

    /** What an unknown upstream announced is taken for the preferred one's: at the worst, it calls nonces of it stale. */
    private void takeOver(StoredFarm.StoredRound round) {
        for (MiningInfo announcement : round.announcements()) {
            for (String upstream : round.upstreams()) {
                String announcing = upstream.isEmpty() ? forwarder.active().id() : upstream;
                forwarder.announced(rounds.announce(announcing, announcement, change -> {}));
            }
        }
    }
}
