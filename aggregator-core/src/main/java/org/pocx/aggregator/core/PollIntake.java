package org.pocx.aggregator.core;

import java.time.Duration;
import java.time.InstantSource;
import org.pocx.aggregator.core.cache.MiningInfoCache;
import org.pocx.aggregator.core.event.AggregatorEvent.RoundChanged;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.forward.Forwarder;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.round.RoundChange;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Takes what the upstream says to a poll, before any miner learns of it. In this order: listeners are told of the round, the
 * store is, its lanes are made, nonces of it are let in ({@link RecentRounds#find}), listeners hear that the upstream is up, lanes
 * that waited for a poll go on, and only then the cache hands the answer to miners.
 *
 * <p>Confined to the cache's observer calls, one at a time; a change of rounds is told under the lock of {@link RecentRounds}.
 */
final class PollIntake implements MiningInfoCache.Observer {
    /** The current round is written again that often, so that a farm without nonces notices a store that fails. */
    private static final long WRITE_AGAIN_NANOS = Duration.ofSeconds(10).toNanos();

    private final RecentRounds rounds;
    private final Forwarder forwarder;
    private final StoreWriter writer;
    private final AggregatorListener listener;
    private final UpstreamWatch watch;
    private final SynchronisationWatch synchronisation;
    private final InstantSource clock;

    private long writtenNanos;

    PollIntake(
            RecentRounds rounds,
            Forwarder forwarder,
            StoreWriter writer,
            AggregatorListener listener,
            UpstreamWatch watch,
            SynchronisationWatch synchronisation,
            InstantSource clock) {
        this.rounds = rounds;
        this.forwarder = forwarder;
        this.writer = writer;
        this.listener = listener;
        this.watch = watch;
        this.synchronisation = synchronisation;
        this.clock = clock;
    }

    @Override
    public void polled(MiningInfoOutcome outcome, long askedNanos) {
        switch (outcome) {
            case MiningInfoOutcome.Fetched fetched -> {
                rounds.announce(fetched.info(), change -> announced(change, askedNanos));
                watch.up();
                synchronisation.polled();
                forwarder.upstreamAnswered(askedNanos);
            }
            case UpstreamTrouble trouble -> {
                watch.down(trouble);
                forwarder.upstreamFailed(trouble);
            }
        }
    }

    /** All that a new round needs is there before its first nonce can be taken. */
    private void announced(RoundChange change, long askedNanos) {
        MiningInfo info = change.round().info();
        switch (change.kind()) {
            case NONE -> {
                if (askedNanos - writtenNanos >= WRITE_AGAIN_NANOS) {
                    write(info, askedNanos);
                }
                return;
            }
            case REANNOUNCED -> listener.on(new RoundChanged(info, RoundChanged.Kind.REANNOUNCED));
            case OPENED -> {
                synchronisation.opened(info);
                listener.on(new RoundChanged(info, RoundChanged.Kind.OPENED));
            }
            case REVIVED -> listener.on(new RoundChanged(info, RoundChanged.Kind.REVIVED));
        }
        write(info, askedNanos);
        forwarder.announced(change);
        change.closed().ifPresent(round -> writer.write(new StoreChange.RoundClosed(round.blockHash())));
    }

    private void write(MiningInfo info, long askedNanos) {
        writtenNanos = askedNanos;
        writer.write(new StoreChange.RoundAnnounced(info, clock.instant()));
    }
}
