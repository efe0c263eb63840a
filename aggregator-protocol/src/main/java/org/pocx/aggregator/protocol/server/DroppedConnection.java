package org.pocx.aggregator.protocol.server;

import java.io.IOException;

/**
 * Makes the engine close the connection without an answer. Thrown, not {@code exchange.close()}: the JDK's engine then
 * forgets the connection at once, where it would keep its record until a time limit otherwise.
 */
final class DroppedConnection extends IOException {
    private static final long serialVersionUID = 1L;

    DroppedConnection(String reason) {
        super(reason);
    }

    /** Left out: no fault, and nobody reads it. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
