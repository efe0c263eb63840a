package org.pocx.aggregator.statistics.history;

/** One change of the history. Each may be applied twice with the effect of once. */
public sealed interface HistoryChange {

    /**
     * The best nonce received and not rejected of an account on a machine in a block: replaces the row that is there.
     *
     * @param best may be worse than the row that is there, whose nonce was rejected then
     */
    record BestRecorded(BestNonce best) implements HistoryChange {}

    /**
     * No nonce of that account, machine and height counts (any more).
     *
     * @param accountId 40 lower-case hex characters
     * @param machine its address, as in {@link BestNonce}
     * @param height u64
     */
    record BestWithdrawn(String accountId, String machine, long height) implements HistoryChange {}

    /**
     * How a round went so far: replaces the record of the same block hash, but for the time when it began.
     *
     * @param round as far as it is known now
     */
    record RoundRecorded(RoundRecord round) implements HistoryChange {}

    /**
     * What happened in a minute so far: replaces the record of the same minute.
     *
     * @param minute as far as it is known now
     */
    record MinuteRecorded(MinuteRecord minute) implements HistoryChange {}

    /**
     * An event. One of the same id is replaced.
     *
     * @param event as far as it is known now
     */
    record EventRecorded(FarmEvent event) implements HistoryChange {}
}
