package org.pocx.aggregator.cli;

/** Thrown when a command cannot do its work. Its message is one line: the problem and what to do. */
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }
}
