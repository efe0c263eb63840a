package org.pocx.aggregator.cli.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the environment into values: {@code ${NAME}}, or {@code ${NAME:-default}} for a variable that is unset or empty.
 * {@code $${NAME}} stands for itself. What comes in is not looked through again.
 */
final class Variables {
    private static final Pattern REFERENCE = Pattern.compile("(\\$?)\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws UnsetException when a variable without a default is unset */
    String expand(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(valueOf(matcher)));
        }
        return matcher.appendTail(expanded).toString();
    }

    boolean occurIn(String text) {
        return REFERENCE.matcher(text).find();
    }

    private String valueOf(Matcher reference) {
        if (!reference.group(1).isEmpty()) {
            return reference.group().substring(1);
        }
        String name = reference.group(2);
        String value = environment.get(name);
        String fallback = reference.group(3);
        if (fallback != null && (value == null || value.isEmpty())) {
            return fallback;
        }
        if (value == null) {
            throw new UnsetException(name);
        }
        return value;
    }

    /** A variable that has neither a value nor a default. */
    static final class UnsetException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnsetException(String name) {
            super("the environment variable " + name + " is not set, and ${" + name + "} has no default (${" + name
                    + ":-default})");
        }
    }
}
