package org.pocx.aggregator.cli;

/** A command cannot do its work. Its message is one line: what is the matter, and what to do. */
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }
}
