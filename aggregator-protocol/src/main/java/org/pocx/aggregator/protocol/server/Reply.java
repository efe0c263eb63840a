package org.pocx.aggregator.protocol.server;

/** The result of processing a request body. */
sealed interface Reply {
    /** No response, because the request contained only notifications. */
    Reply NOTHING = new Nothing();

    /** @param body JSON as UTF-8; not copied */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(byte[] body) implements Reply {}

    /** See {@link #NOTHING}. */
    record Nothing() implements Reply {}

    /**
     * The connection is closed without an answer, so that the miner sends its request again.
     *
     * @param reason one line for the log
     */
    record Drop(String reason) implements Reply {}
}
