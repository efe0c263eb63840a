package org.pocx.aggregator.statistics.history;

/** One change of the history. Changes are idempotent. */
public sealed interface HistoryChange {

    /**
     * The best received nonce of an account, machine and block that was not rejected. Replaces the existing row.
     *
     * @param best may be worse than the existing row, if the nonce of that row was rejected
     */
    record BestRecorded(BestNonce best) implements HistoryChange {}

    /**
     * No nonce of that account, machine and height counts any more.
     *
     * @param accountId 40 lower-case hex characters
     * @param machine its id, as in {@link BestNonce}
     * @param height u64
     */
    record BestWithdrawn(String accountId, String machine, long height) implements HistoryChange {}

    /**
     * The record of a round. Replaces the record with the same block hash, except the time when it began.
     *
     * @param round the current record
     */
    record RoundRecorded(RoundRecord round) implements HistoryChange {}

    /**
     * The record of a minute. Replaces the record of the same minute.
     *
     * @param minute the current record
     */
    record MinuteRecorded(MinuteRecord minute) implements HistoryChange {}

    /**
     * An event. Replaces the event with the same id.
     *
     * @param event the event
     */
    record EventRecorded(FarmEvent event) implements HistoryChange {}

    /**
     * What a new block changes: wins, probable losses, luck, and the signatures of the last heights.
     *
     * @param change all of it
     */
    record BlocksRecorded(BlockChange change) implements HistoryChange {}

    /**
     * The state of a detector. Replaces the state of the same kind and subject.
     *
     * @param state the current state
     */
    record DetectorRecorded(DetectorState state) implements HistoryChange {}

    /**
     * The capacity of a machine in an hour. Replaces the record of the same machine and hour.
     *
     * @param hour the current record
     */
    record CapacityHourRecorded(CapacityHour hour) implements HistoryChange {}
}
