package org.pocx.aggregator.core.store;

/** The store cannot do what was asked. Its message is one line for an operator: it names the file and what to do. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
