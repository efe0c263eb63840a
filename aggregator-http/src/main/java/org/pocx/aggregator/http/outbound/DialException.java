package org.pocx.aggregator.http.outbound;

import java.io.IOException;

/** There is no connection. */
final class DialException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient DialFailure failure;

    DialException(DialFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    DialFailure failure() {
        return failure;
    }
}
