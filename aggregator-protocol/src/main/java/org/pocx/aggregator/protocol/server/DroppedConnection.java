package org.pocx.aggregator.protocol.server;

import java.io.IOException;

/**
 * Makes the engine close the connection without an answer. It is thrown instead of calling {@code exchange.close()},
 * because the JDK's engine then releases the connection at once and not only after a time-out.
 */
final class DroppedConnection extends IOException {
    private static final long serialVersionUID = 1L;

    DroppedConnection(String reason) {
        super(reason);
    }

    /** No stack trace: this is not a fault. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
