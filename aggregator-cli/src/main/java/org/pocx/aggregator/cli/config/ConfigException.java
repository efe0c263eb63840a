package org.pocx.aggregator.cli.config;

/** Thrown when the configuration cannot be used. Its message has a few lines for the operator, each with file, line and key. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
