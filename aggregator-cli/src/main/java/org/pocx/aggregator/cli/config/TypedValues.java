package org.pocx.aggregator.cli.config;

import java.util.Optional;
import org.pocx.aggregator.cli.config.RawConfig.Value;

/**
 * Returns the typed value of each key. If a value is wrong, it records a problem and returns the default, so that one run
 * finds all faults.
 */
final class TypedValues {
    private final RawConfig raw;
    private final Variables variables;
    private final Problems problems;

    TypedValues(RawConfig raw, Variables variables, Problems problems) {
        this.raw = raw;
        this.variables = variables;
        this.problems = problems;
    }

    /** Returns the value in the file, or the key's default; only for keys whose default is a value. */
    <T> T get(Key<T> key) {
        return find(key).orElseGet(() -> key.type().parser().apply(key.fallback()).orElseThrow());
    }

    /** Returns the value in the file, or a default that depends on other keys. */
    <T> T get(Key<T> key, T fallback) {
        return find(key).orElse(fallback);
    }

    /** Returns the value in the file; empty as well when it is wrong, which records a problem. */
    <T> Optional<T> find(Key<T> key) {
        return raw.value(key).flatMap(value -> parse(key, value));
    }

    /** Returns the value of the form that is used, or the default. */
    <T> T either(Key<T> key, Key<T> otherForm) {
        return find(otherForm).orElseGet(() -> get(key));
    }

    /** Returns the value of a key that another key requires. */
    Optional<String> required(Key<String> key, Key<?> because) {
        if (!has(key)) {
            problems.add(lineOf(because), because.path() + " needs " + key.path());
        }
        return find(key);
    }

    boolean has(Key<?> key) {
        return raw.value(key).isPresent();
    }

    boolean hasSection(String path) {
        return raw.sections().containsKey(path);
    }

    /** Returns the line of a section; 1 if it is missing. */
    int lineOfSection(String path) {
        return raw.sections().getOrDefault(path, 1);
    }

    int lineOf(Key<?> key) {
        return raw.value(key).map(Value::line).orElse(1);
    }

    private <T> Optional<T> parse(Key<T> key, Value value) {
        String text;
        try {
            text = variables.expand(value.text());
        } catch (Variables.VariableException e) {
            problems.add(value.line(), key.path() + ": " + e.getMessage());
            return Optional.empty();
        }
        Optional<T> parsed = key.type().parser().apply(text);
        if (parsed.isEmpty()) {
            problems.add(value.line(),
                    key.path() + is(key, value) + " must be " + key.type().form() + key.type().hint(value.text()));
        }
        return parsed;
    }

    /** Quotes the value as far as it may be shown: the value of a variable may be a secret, its name is not. */
    private static String is(Key<?> key, Value value) {
        if (key.secret() || key.type().mayHoldSecret(value.text())) {
            return "";
        }
        String shown = Problems.quote(ValueType.withoutQuery(value.text()));
        return Variables.occurIn(value.text())
                ? ", " + shown + " with its variables filled in,"
                : " is " + shown + "; it";
    }

    /** Returns the value as it stands in the file, or the default, for a message. Not for keys of secrets. */
    String shown(Key<?> key) {
        return raw.value(key).map(value -> Problems.clean(value.text())).orElse(key.fallback());
    }
}
