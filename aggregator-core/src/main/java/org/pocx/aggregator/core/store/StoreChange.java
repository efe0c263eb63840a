package org.pocx.aggregator.core.store;

import java.time.Instant;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.NonceSubmission;
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
     * @param nonce kept exactly, with the label of its miner; entries are loaded in the order of their receipt. Its miner waits
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

    /**
     * The best nonce received and not rejected of an account on a machine in a block: replaces the row that is there.
     *
     * @param best may be worse than the row that is there, whose nonce was rejected then
     */
    record BestRecorded(BestNonce best) implements StoreChange {}

    /**
     * No nonce of that account, machine and height counts (any more).
     *
     * @param accountId 40 lower-case hex characters
     * @param machine its address, as in {@link BestNonce}
     * @param height u64
     */
    record BestWithdrawn(String accountId, String machine, long height) implements StoreChange {}

    /**
     * How a round went so far: replaces the record of the same block hash, but for the time when it began.
     *
     * @param round for {@link FarmHistory} alone: a store without one may pass it over
     */
    record RoundRecorded(RoundRecord round) implements StoreChange {}

    /**
     * What happened in a minute so far: replaces the record of the same minute.
     *
     * @param minute for {@link FarmHistory} alone: a store without one may pass it over
     */
    record MinuteRecorded(MinuteRecord minute) implements StoreChange {}

    /**
     * An event. One of the same id is replaced.
     *
     * @param event for {@link FarmHistory} alone: a store without one may pass it over
     */
    record EventRecorded(FarmEvent event) implements StoreChange {}
}
