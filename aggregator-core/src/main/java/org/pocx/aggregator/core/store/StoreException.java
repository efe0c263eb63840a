package org.pocx.aggregator.core.store;

/** The store cannot do what was asked. Its message is one line for an operator: it names the file and what to do. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A fault without another one behind it.
     *
     * @param message one line for an operator: the file, what is wrong with it, and what to do
     */
    public StoreException(String message) {
        super(message);
    }

    /**
     * A fault that another one led to.
     *
     * @param message one line for an operator: the file, what is wrong with it, and what to do
     * @param cause for whoever debugs; operators are not shown it
     */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
