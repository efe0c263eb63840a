package org.pocx.aggregator.cli.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the environment into values: {@code ${NAME}}, or {@code ${NAME:-default}} for a variable that is unset or empty,
 * where the default may hold references of its own. With its dollar doubled, an opening stands for itself. What comes in
 * is not looked through again.
 */
final class Variables {
    private static final String ESCAPED = "$${";
    private static final String BEGIN = "${";
    private static final String DEFAULT = ":-";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** More than anybody means, and fewer than the stack holds. */
    private static final int MAX_DEPTH = 20;

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws VariableException when a variable without a default is unset, or a reference is out of form */
    String expand(String text) {
        return new Walk(text).outside();
    }

    /** Whether the text means something else than it says. */
    static boolean occurIn(String text) {
        return text.contains(BEGIN);
    }

    /** The text as a value whose expansion it is. */
    static String escape(String text) {
        return text.replace(BEGIN, ESCAPED);
    }

    /** One way through one text. */
    private final class Walk {
        private final String text;
        private int position;
        private int depth;
        private int idle;

        Walk(String text) {
            this.text = text;
        }

        String outside() {
            StringBuilder expanded = new StringBuilder();
            while (position < text.length()) {
                piece(expanded);
            }
            return expanded.toString();
        }

        private void piece(StringBuilder expanded) {
            if (text.startsWith(ESCAPED, position)) {
                expanded.append(BEGIN);
                position += ESCAPED.length();
            } else if (text.startsWith(BEGIN, position)) {
                position += BEGIN.length();
                expanded.append(reference());
            } else {
                expanded.append(text.charAt(position++));
            }
        }

        /** Behind its opening brace; ends behind its closing one. */
        private String reference() {
            Matcher matcher = NAME.matcher(text).region(position, text.length());
            if (++depth > MAX_DEPTH || !matcher.lookingAt()) {
                throw VariableException.outOfForm();
            }
            position = matcher.end();
            String value = valueOf(matcher.group());
            if (position >= text.length() || text.charAt(position++) != '}') {
                throw VariableException.outOfForm();
            }
            depth--;
            return value;
        }

        /** Behind the name; ends before the closing brace. */
        private String valueOf(String name) {
            String value = environment.get(name);
            if (text.startsWith(DEFAULT, position)) {
                position += DEFAULT.length();
                boolean set = value != null && !value.isEmpty();
                String fallback = fallback(set);
                return value != null && set ? value : fallback;
            }
            if (!text.startsWith("}", position)) {
                throw VariableException.outOfForm();
            }
            if (value == null && idle == 0) {
                throw VariableException.unset(name);
            }
            return value == null ? "" : value;
        }

        /** @param isIdle whether nobody needs it: then what it names need not be set */
        private String fallback(boolean isIdle) {
            idle += isIdle ? 1 : 0;
            StringBuilder expanded = new StringBuilder();
            while (position < text.length() && text.charAt(position) != '}') {
                piece(expanded);
            }
            idle -= isIdle ? 1 : 0;
            return expanded.toString();
        }
    }

    /** A reference that stands for nothing. The message tells nothing of the value, which may hold a secret. */
    static final class VariableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private VariableException(String message) {
            super(message);
        }

        static VariableException unset(String name) {
            return new VariableException("the environment variable " + name + " is not set, and ${" + name
                    + "} has no default (${" + name + ":-default})");
        }

        static VariableException outOfForm() {
            return new VariableException("a variable must be written ${NAME} or ${NAME:-default};"
                    + " where ${ is not meant as one, write $${");
        }
    }
}
