package org.pocx.aggregator.protocol.tls;

/** The files make no certificate with its key. The message is one line for an operator, and holds no secret. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1L;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
