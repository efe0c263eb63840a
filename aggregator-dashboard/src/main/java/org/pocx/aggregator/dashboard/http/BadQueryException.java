package org.pocx.aggregator.dashboard.http;

/** A parameter is invalid. The message is a sentence with the parameter's name. */
public final class BadQueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String parameter;

    BadQueryException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /** The parameter's name. */
    public String parameter() {
        return parameter;
    }
}
