package org.pocx.aggregator.http.outbound;

import java.net.Socket;

/** Opens connections to one target. Thread-safe. */
@FunctionalInterface
interface Dialer {
    /**
     * Returns a connection on which the target reads what is written, and whose reads have no time limit.
     *
     * @throws DialException when there is no connection by the deadline
     */
    Socket dial(DialDeadline deadline) throws DialException;
}
