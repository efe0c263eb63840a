package org.pocx.aggregator.cli.config;

/** The configuration cannot be used. Its message is a few lines for the operator, each naming file, line and key. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
