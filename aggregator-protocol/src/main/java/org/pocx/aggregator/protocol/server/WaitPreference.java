package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the preference {@code wait} of a request (RFC 7240): how long its sender wants to wait for the verdict on a nonce.
 * Other preferences and all parameters are ignored. Of several instances the first one counts; a malformed one is none.
 */
final class WaitPreference {
    /** A longer time counts as this. */
    static final Duration LONGEST = Duration.ofSeconds(20);

    private static final String NAME = "wait";
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final int MAX_DIGITS = 9;

    private final String text;
    private int at;

    private WaitPreference(String text) {
        this.text = text;
    }

    static Optional<Duration> of(Headers request) {
        @Nullable List<String> lines = request.get("Prefer");
        return lines == null ? Optional.empty() : new WaitPreference(String.join(",", lines)).find();
    }

    private Optional<Duration> find() {
        while (at < text.length()) {
            skipBlanks();
            String name = token();
            String value = value();
            while (skip(';')) {
                token();
                value();
            }
            boolean isWellFormed = at == text.length() || text.charAt(at) == ',';
            if (name.equalsIgnoreCase(NAME)) {
                return isWellFormed ? seconds(value) : Optional.empty();
            }
            skipToNext();
        }
        return Optional.empty();
    }

    private static Optional<Duration> seconds(String value) {
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        Duration wanted = value.length() > MAX_DIGITS ? LONGEST : Duration.ofSeconds(Integer.parseInt(value));
        return Optional.of(wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST);
    }

    /** The value after an equals sign, without quotes; empty if there is none. */
    private String value() {
        skipBlanks();
        if (!skip('=')) {
            return "";
        }
        String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
        skipBlanks();
        return value;
    }

    private String token() {
        int start = at;
        while (at < text.length() && isTokenCharacter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        if (skip('"')) {
            return value.toString();
        }
        return ""; // without an end
    }

    /** Skips that character, and blanks after it. */
    private boolean skip(char c) {
        if (at == text.length() || text.charAt(at) != c) {
            return false;
        }
        at++;
        skipBlanks();
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** Skips all until after the next comma that is not in quotes. */
    private void skipToNext() {
        while (at < text.length() && !skip(',')) {
            if (text.charAt(at) == '"') {
                quoted();
            } else {
                at++;
            }
        }
    }
}
