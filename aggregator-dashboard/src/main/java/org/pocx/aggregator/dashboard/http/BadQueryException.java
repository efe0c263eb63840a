package org.pocx.aggregator.dashboard.http;

/** A parameter that is not as it should be. The message is a sentence that names it. */
public final class BadQueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String parameter;

    BadQueryException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /** Its name. */
    public String parameter() {
        return parameter;
    }
}
