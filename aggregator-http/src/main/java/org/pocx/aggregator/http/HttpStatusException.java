package org.pocx.aggregator.http;

import java.io.IOException;

/** The HTTP of a request is broken, or not what this engine speaks: answered with the status, then closed. */
final class HttpStatusException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    HttpStatusException(int status, String words) {
        super(words);
        this.status = status;
    }

    int status() {
        return status;
    }

    String words() {
        return String.valueOf(getMessage());
    }

    /** Left out: it is the peer's fault, and nobody reads it. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
