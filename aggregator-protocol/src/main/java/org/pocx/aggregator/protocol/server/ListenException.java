package org.pocx.aggregator.protocol.server;

/** The port cannot be had. Its message is one line for an operator: which address, why, and what to do. */
public final class ListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
