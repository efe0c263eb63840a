package org.pocx.aggregator.core.store;

import java.time.Instant;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.NonceSubmission;

/** One change of what the store keeps. Each may be applied twice with the effect of once. */
public sealed interface StoreChange {

    /**
     * The upstream announced a round, now the current one. A block hash that is known gains the announcement's height,
     * generation signature and base target beside those that it has, and becomes the most recent round.
     *
     * @param at the wall-clock time of the announcement
     */
    record RoundAnnounced(MiningInfo info, Instant at) implements StoreChange {}

    /** The round is open no longer: it and its outbox entries are not loaded again. Verdicts and history stay. */
    record RoundClosed(String blockHash) implements StoreChange {}

    /** A nonce that is, or may be, to be forwarded. One that is there (same round and nonce id) is replaced. */
    record OutboxPut(OutboxEntry entry) implements StoreChange {}

    /** A nonce that will not be forwarded: something better is confirmed, or it lost its place. */
    record OutboxRemoved(String blockHash, NonceId nonceId) implements StoreChange {}

    /** The final verdict on a nonce. It leaves the outbox in the same transaction. */
    record VerdictGiven(Verdict verdict) implements StoreChange {}

    /** The best nonce received and not rejected of an account on a machine in a block: replaces the row that is there. */
    record BestRecorded(BestNonce best) implements StoreChange {}

    /** No nonce of that account, machine and height counts (any more). */
    record BestWithdrawn(String accountId, String machine, long height) implements StoreChange {}

    /** How a round went so far: replaces the record of the same block hash, but for the time when it began. */
    record RoundRecorded(RoundRecord round) implements StoreChange {}

    /** What happened in a minute so far: replaces the record of the same minute. */
    record MinuteRecorded(MinuteRecord minute) implements StoreChange {}

    /** An event. One of the same id is replaced. */
    record EventRecorded(FarmEvent event) implements StoreChange {}

    /** An entry of the outbox. */
    record OutboxEntry(NonceSubmission submission, MinerId miner, Instant receivedAt) {}
}
