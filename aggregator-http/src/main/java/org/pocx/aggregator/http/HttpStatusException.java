package org.pocx.aggregator.http;

import java.io.IOException;

/** A request is invalid HTTP or not supported. It is answered with the status, then the connection is closed. */
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

    /** No stack trace: this is not a fault of the program. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
