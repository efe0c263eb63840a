package org.pocx.aggregator.core.store;

import java.time.Instant;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.upstream.NamedUpstream;

/** One change of what the store keeps. Each may be applied twice with the effect of once. */
public sealed interface StoreChange {

    /**
     * An upstream announced a round. A block hash that is known gains the announcement's height, generation signature and
     * base target beside those that it has, and becomes the most recent round of this upstream.
     *
     * @param info its target quality, compression levels and extras need not be kept
     * @param at the wall-clock time of the announcement
     * @param upstream the id of the upstream
     * @param isCurrent whether the upstream is the active one, so that the round is the most recent of all
     */
    record RoundAnnounced(MiningInfo info, Instant at, String upstream, boolean isCurrent) implements StoreChange {
        /**
         * A round that is current, of the only upstream.
         *
         * @param info as above
         * @param at as above
         */
        public RoundAnnounced(MiningInfo info, Instant at) {
            this(info, at, NamedUpstream.UNNAMED, true);
        }
    }

    /**
     * The round is open no longer: it and its outbox entries are not loaded again. Verdicts and history stay.
     *
     * @param blockHash of a round that may be unknown to the store; announced again, it begins with an empty outbox
     */
    record RoundClosed(String blockHash) implements StoreChange {}

    /**
     * A nonce that is, or may be, to be forwarded. One that is there (same round and nonce id) is replaced.
     *
     * @param nonce kept exactly, with the name of its miner; entries are loaded in the order of their receipt. Its miner waits
     *     for this to be durable, if it is the best one
     */
    record OutboxPut(ReceivedNonce nonce) implements StoreChange {}

    /**
     * A nonce that will not be forwarded: something better is confirmed, or it lost its place.
     *
     * @param blockHash of its round; the same nonce in another round stays
     * @param nonceId may be unknown to the store
     */
    record OutboxRemoved(String blockHash, NonceId nonceId) implements StoreChange {}

    /**
     * The final verdict on a nonce. It leaves the outbox in the same transaction.
     *
     * @param verdict replaces an earlier one on the same nonce of the same round. Of its message, a store has to keep the text
     *     and a reference that is a decimal number of 64 bits; 0 may be read back as no reference
     * @param upstream the id of the upstream that gave it, or the empty string. If it is not empty and the nonce was confirmed
     *     or rejected, this is that upstream's {@link StandingGiven standing} of the nonce as well
     */
    record VerdictGiven(Verdict verdict, String upstream) implements StoreChange {
        /**
         * A verdict of the only upstream.
         *
         * @param verdict as above
         */
        public VerdictGiven(Verdict verdict) {
            this(verdict, NamedUpstream.UNNAMED);
        }
    }

    /**
     * An upstream decided about a nonce, and that is not what finally became of it: another upstream had confirmed it, or this one
     * only said that it has one that is at least as good.
     *
     * @param standing replaces an earlier one of the same nonce, round and upstream
     */
    record StandingGiven(StoredFarm.StoredStanding standing) implements StoreChange {}
}
