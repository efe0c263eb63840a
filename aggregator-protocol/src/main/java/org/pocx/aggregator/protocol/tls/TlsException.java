package org.pocx.aggregator.protocol.tls;

/**
 * The TLS files do not contain a usable certificate and key. The message is one line for an operator and contains no secret.
 */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1L;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
