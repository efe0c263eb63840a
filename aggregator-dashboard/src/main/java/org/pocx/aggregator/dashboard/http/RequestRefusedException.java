package org.pocx.aggregator.dashboard.http;

/** A request that is not answered as asked. The message is a sentence for the client. */
public final class RequestRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status of the response, 4xx */
    public RequestRefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The status of the response. */
    int status() {
        return status;
    }
}
