package org.pocx.aggregator.core;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.pocx.aggregator.core.event.AggregatorEvent.RoundChanged;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.forward.Destination;
import org.pocx.aggregator.core.forward.Forwarder;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.round.Round;
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
final class PollIntake {
    /** The current round is written again that often, so that a farm without nonces notices a store that fails. */
    private static final long WRITE_AGAIN_NANOS = Duration.ofSeconds(10).toNanos();

    private final RecentRounds rounds;
    private final Forwarder forwarder;
    private final StoreWriter writer;
    private final AggregatorListener listener;
    private final UpstreamWatch watch;
    private final InstantSource clock;

    /** By the id of the upstream: the block hash that it announced last. */
    private final Map<String, String> lastHashes = new HashMap<>();

    private long writtenNanos;

    PollIntake(
            RecentRounds rounds,
            Forwarder forwarder,
            StoreWriter writer,
            AggregatorListener listener,
            UpstreamWatch watch,
            InstantSource clock) {
        this.rounds = rounds;
        this.forwarder = forwarder;
        this.writer = writer;
        this.listener = listener;
        this.watch = watch;
        this.clock = clock;
    }

    /**
     * An upstream answered a poll, or did not.
     *
     * @param from the upstream; only the active one decides what is current
     * @param pace finds out whether it is synchronising
     */
    void polled(Destination from, SynchronisationWatch pace, MiningInfoOutcome outcome, long askedNanos) {
        boolean isActive = from == forwarder.active();
        switch (outcome) {
            case MiningInfoOutcome.Fetched fetched -> {
                boolean isNew =
                        !fetched.info().blockHash().equals(lastHashes.put(from.id(), fetched.info().blockHash()));
                rounds.announce(from.id(), fetched.info(), change -> {
                    if (isActive) {
                        announced(change, from.id(), pace, askedNanos);
                    } else {
                        announcedByStandby(change, from.id(), fetched.info(), isNew, pace);
                    }
                });
                if (isActive) {
                    watch.up();
                }
                pace.polled();
                forwarder.upstreamAnswered(from, askedNanos);
            }
            case UpstreamTrouble trouble -> {
                if (isActive) {
                    watch.down(trouble);
                }
                forwarder.upstreamFailed(from, trouble);
            }
        }
    }

    /** A round of an upstream that is not active: nonces of it are taken, and nobody is told to mine it. */
    private void announcedByStandby(
            RoundChange change, String upstream, MiningInfo info, boolean isNew, SynchronisationWatch pace) {
        if (isNew) {
            pace.opened(info);
        }
        if (isNew || change.kind() != RoundChange.Kind.NONE) {
            writer.write(new StoreChange.RoundAnnounced(info, clock.instant(), upstream, false));
        }
        forwarder.announced(change);
        closed(change);
    }

    /**
     * Another upstream is the active one, and this is its round.
     *
     * @param askedNanos now, monotonic clock
     */
    void activated(RoundChange change, String upstream, long askedNanos) {
        MiningInfo info = change.round().info();
        switch (change.kind()) {
            case NONE, REANNOUNCED -> {}
            case OPENED -> listener.on(new RoundChanged(info, RoundChanged.Kind.OPENED));
            case REVIVED -> listener.on(new RoundChanged(info, RoundChanged.Kind.REVIVED));
        }
        write(info, upstream, askedNanos);
        forwarder.announced(change);
    }

    /** The active upstream is reachable: it was when it became the active one. */
    void activeAnswers() {
        watch.up();
    }

    /** An upstream has been unreachable for long, or is not configured any more: its rounds are closed. */
    void forget(String upstream) {
        lastHashes.remove(upstream);
        for (Round round : rounds.forget(upstream)) {
            forwarder.close(round);
            writer.write(new StoreChange.RoundClosed(round.blockHash()));
        }
    }

    private void closed(RoundChange change) {
        change.closed().ifPresent(round -> writer.write(new StoreChange.RoundClosed(round.blockHash())));
    }

    /** All that a new round needs is there before its first nonce can be taken. */
    private void announced(RoundChange change, String upstream, SynchronisationWatch pace, long askedNanos) {
        MiningInfo info = change.round().info();
        switch (change.kind()) {
            case NONE -> {
                if (askedNanos - writtenNanos >= WRITE_AGAIN_NANOS) {
                    write(info, upstream, askedNanos);
                }
                forwarder.announced(change);
                closed(change);
                return;
            }
            case REANNOUNCED -> listener.on(new RoundChanged(info, RoundChanged.Kind.REANNOUNCED));
            case OPENED -> {
                pace.opened(info);
                listener.on(new RoundChanged(info, RoundChanged.Kind.OPENED));
            }
            case REVIVED -> listener.on(new RoundChanged(info, RoundChanged.Kind.REVIVED));
        }
        write(info, upstream, askedNanos);
        forwarder.announced(change);
        closed(change);
    }

    private void write(MiningInfo info, String upstream, long askedNanos) {
        writtenNanos = askedNanos;
        writer.write(new StoreChange.RoundAnnounced(info, clock.instant(), upstream, true));
    }
}
