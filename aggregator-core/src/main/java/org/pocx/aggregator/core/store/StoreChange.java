package org.pocx.aggregator.core.store;

import java.time.Instant;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.ReceivedNonce;

/** One change of what the store keeps. Each may be applied twice with the effect of once. */
public sealed interface StoreChange {

    /**
     * The upstream announced a round, now the current one. A block hash that is known gains the announcement's height,
     * generation signature and base target beside those that it has, and becomes the most recent round.
     *
     * @param info its target quality, compression levels and extras need not be kept
     * @param at the wall-clock time of the announcement
     */
    record RoundAnnounced(MiningInfo info, Instant at) implements StoreChange {}

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
     * @param verdict replaces an earlier one on the same nonce of the same round
     */
    record VerdictGiven(Verdict verdict) implements StoreChange {}
}
