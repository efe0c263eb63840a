package org.pocx.aggregator.protocol.server;

/** What becomes of a request's connection. */
sealed interface Reply {
    /** There is nothing to answer: only notifications came. */
    Reply NOTHING = new Nothing();

    /** @param body JSON as UTF-8; not copied, and compared by nobody */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(byte[] body) implements Reply {}

    /** See {@link #NOTHING}. */
    record Nothing() implements Reply {}

    /**
     * The connection is closed without an answer, so that the miner sends again.
     *
     * @param reason one line for the log
     */
    record Drop(String reason) implements Reply {}
}
