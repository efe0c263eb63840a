package org.pocx.aggregator.dashboard.http;

import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The parameters of a request. An unknown, repeated or invalid parameter causes a {@link BadQueryException} with its
 * name. For one use by one thread.
 */
public final class Query {
    private static final int MAX_SHOWN = 40;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,20}");
    private static final BigInteger MAX_U64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private final Map<String, String> given = new LinkedHashMap<>();

    private Query(String text) {
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                add(pair);
            }
        }
    }

    /** Parses the query part of a URI. */
    static Query of(URI uri) {
        String text = uri.getRawQuery();
        return new Query(text == null ? "" : text);
    }

    private void add(String pair) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals), pair);
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), name);
        if (given.put(name, value) != null) {
            throw new BadQueryException(shown(name), "The parameter " + shown(name) + " is given twice.");
        }
    }

    private static String decoded(String text, String name) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadQueryException(
                    shown(name),
                    "The parameter " + shown(name) + " has a % that two hexadecimal digits do not follow.");
        }
    }

    private static String shown(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    }

    /** Rejects parameters with other names. */
    public void allow(String... allowed) {
        List<String> known = List.of(allowed);
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new BadQueryException(
                        shown(name),
                        "Unknown parameter " + shown(name) + ". Known parameters: "
                                + (known.isEmpty() ? "none" : String.join(", ", known)) + ".");
            }
        }
    }

    /** Rejects the second parameter if the first one is given, too. */
    public void exclude(String one, String other) {
        if (text(one).isPresent() && text(other).isPresent()) {
            throw new BadQueryException(other, "The parameters " + one + " and " + other + " cannot be combined.");
        }
    }

    /** The value of a parameter; empty if it is absent or empty. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name)).filter(value -> !value.isEmpty());
    }

    /** Text in lower case: account IDs may come in either case, and searches ignore it. */
    public static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The value of an integer parameter within a range. */
    public long number(String name, long fallback, long lowest, long highest) {
        String value = given.get(name);
        if (value == null) {
            return fallback;
        }
        OptionalLong number = u64(value);
        if (number.isEmpty()
                || number.getAsLong() < 0
                || number.getAsLong() < lowest
                || number.getAsLong() > highest) {
            throw bad(name, value, "must be a whole number from " + lowest + " to " + highest);
        }
        return number.getAsLong();
    }

    /** The value of an unsigned 64-bit parameter; empty if it is absent. */
    public OptionalLong unsigned(String name) {
        String value = given.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        OptionalLong number = u64(value);
        if (number.isEmpty()) {
            throw bad(name, value, "must be a whole number from 0 to " + MAX_U64);
        }
        return number;
    }

    private static OptionalLong u64(String value) {
        if (!DIGITS.matcher(value).matches()) {
            return OptionalLong.empty();
        }
        BigInteger number = new BigInteger(value);
        return number.compareTo(MAX_U64) > 0 ? OptionalLong.empty() : OptionalLong.of(number.longValue());
    }

    /** The value of a parameter that must be one of several words. */
    public <T> Optional<T> oneOf(String name, List<T> all, Function<T, String> word) {
        return text(name).map(value -> choose(name, value, all, word));
    }

    /** The values of a parameter that is a comma-separated list of words; empty if it is absent. */
    public <T> List<T> someOf(String name, List<T> all, Function<T, String> word) {
        return text(name).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(value -> choose(name, value, all, word))
                .toList();
    }

    private static <T> T choose(String name, String value, List<T> all, Function<T, String> word) {
        return all.stream()
                .filter(one -> word.apply(one).equals(value))
                .findFirst()
                .orElseThrow(() -> bad(
                        name,
                        value,
                        "must be one of " + String.join(", ", all.stream().map(word).toList())));
    }

    /** The value of a parameter that must match a pattern; empty if it is absent. */
    public Optional<String> matching(String name, Pattern form, String inWords) {
        return text(name).map(value -> {
            if (!form.matcher(value).matches()) {
                throw bad(name, value, "must be " + inWords);
            }
            return value;
        });
    }

    private static BadQueryException bad(String name, String value, String rule) {
        return new BadQueryException(name, "The parameter " + name + " " + rule + ", not \"" + shown(value) + "\".");
    }
}
