package org.pocx.aggregator.cli.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces references to environment variables in values: {@code ${NAME}}, or {@code ${NAME:-default}} for a variable that
 * is unset or empty. The default may contain references. With a doubled dollar sign, an opening stands for itself. The
 * value of a variable is not searched for references.
 */
final class Variables {
    private static final String ESCAPED = "$${";
    private static final String BEGIN = "${";
    private static final String DEFAULT = ":-";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Enough for every sensible value, and few enough for the stack. */
    private static final int MAX_DEPTH = 20;

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws VariableException when a variable without a default is unset, or a reference is malformed */
    String expand(String text) {
        return new Expansion(text).until(0, true);
    }

    /** Returns whether the text contains references or escapes. */
    static boolean occurIn(String text) {
        return text.contains(BEGIN);
    }

    /** Returns the value whose expansion is this text. */
    static String escape(String text) {
        return text.replace(BEGIN, ESCAPED);
    }

    /** The expansion of one text, from left to right. */
    private final class Expansion {
        private final String text;
        private int position;

        Expansion(String text) {
            this.text = text;
        }

        /**
         * Expands up to the end of the text or, within a reference, up to the closing brace.
         *
         * @param needed whether the result is used; otherwise an unset variable is not an error
         */
        String until(int depth, boolean needed) {
            StringBuilder expanded = new StringBuilder();
            while (position < text.length() && (depth == 0 || text.charAt(position) != '}')) {
                if (skip(ESCAPED)) {
                    expanded.append(BEGIN);
                } else if (skip(BEGIN)) {
                    expanded.append(reference(depth + 1, needed));
                } else {
                    expanded.append(text.charAt(position++));
                }
            }
            return expanded.toString();
        }

        private String reference(int depth, boolean needed) {
            Matcher matcher = NAME.matcher(text).region(position, text.length());
            if (depth > MAX_DEPTH || !matcher.lookingAt()) {
                throw VariableException.malformed();
            }
            position = matcher.end();
            String name = matcher.group();
            @Nullable String set = environment.get(name);
            String value = set == null ? "" : set;
            if (skip(DEFAULT)) {
                String fallback = until(depth, needed && value.isEmpty());
                value = value.isEmpty() ? fallback : value;
            } else if (needed && text.startsWith("}", position) && set == null) {
                throw VariableException.unset(name);
            }
            if (!skip("}")) {
                throw VariableException.malformed();
            }
            return value;
        }

        private boolean skip(String expected) {
            boolean found = text.startsWith(expected, position);
            position += found ? expected.length() : 0;
            return found;
        }
    }

    /** A reference cannot be replaced. The message does not contain the value, which may be a secret. */
    static final class VariableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private VariableException(String message) {
            super(message);
        }

        static VariableException unset(String name) {
            return new VariableException("the environment variable " + name + " is not set, and ${" + name
                    + "} has no default (${" + name + ":-default})");
        }

        static VariableException malformed() {
            return new VariableException("a variable must be written ${NAME} or ${NAME:-default};"
                    + " where ${ is not meant as one, write $${");
        }
    }
}
