package org.pocx.aggregator.core.mining;

/**
 * A value of the protocol that breaks the protocol's form: the wrong length, alphabet or range. Its message is fit for
 * the peer that sent the value: it names the field, says what is expected, and repeats nothing of what was sent.
 */
public final class InvalidFieldException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** As on the wire. */
    private final String field;

    /**
     * A fault of one field, told without its value.
     *
     * @param field the field's name on the wire, such as {@code account_id}
     * @param expectation what the field must be, such as {@code "must be 40 hex characters"}
     */
    public InvalidFieldException(String field, String expectation) {
        super(field + " " + expectation);
        this.field = field;
    }

    /** {@return the field's name on the wire, never null} */
    public String field() {
        return field;
    }

    /** Left out: bad input is a peer's everyday doing, not a bug to be traced, and a flood of it must stay cheap. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
