package org.pocx.aggregator.protocol.server;

/** The port cannot be opened. The message is one line for the operator: the address, the cause, and what to do. */
public final class ListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
