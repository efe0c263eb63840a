package org.pocx.aggregator.cli.config;

import java.util.Optional;
import org.pocx.aggregator.cli.config.RawConfig.Value;

/**
 * Gives the typed value of each key, or notes what is wrong with it and goes on with the default, so that one reading
 * finds every fault.
 */
final class Values {
    private final RawConfig raw;
    private final Variables variables;
    private final Problems problems;

    Values(RawConfig raw, Variables variables, Problems problems) {
        this.raw = raw;
        this.variables = variables;
        this.problems = problems;
    }

    /** The value in the file, or the key's own default; only for keys whose default is a value. */
    <T> T get(Key<T> key) {
        return find(key).orElseGet(() -> key.type().parser().apply(key.fallback()).orElseThrow());
    }

    /** The value in the file. Empty as well when it is out of form: then a problem is noted. */
    <T> Optional<T> find(Key<T> key) {
        return raw.value(key).flatMap(value -> parse(key, value));
    }

    /** The value in the file or one that follows from other keys. */
    <T> T get(Key<T> key, T fallback) {
        return find(key).orElse(fallback);
    }

    /** The value of whichever of two forms is given, else the default. */
    <T> T either(Key<T> key, Key<T> otherForm) {
        return find(otherForm).orElseGet(() -> get(key));
    }

    /** The value of a key that another one makes necessary. */
    Optional<String> required(Key<String> key, Key<?> because) {
        if (!raw.has(key)) {
            problems.add(lineOf(because), because.path() + " needs " + key.path());
        }
        return find(key);
    }

    boolean has(Key<?> key) {
        return raw.has(key);
    }

    boolean hasSection(String path) {
        return raw.sections().containsKey(path);
    }

    /** The line of a section; 1 where it is missing. */
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
            problems.add(value.line(), key.path() + is(key, value) + " must be " + key.type().form());
        }
        return parsed;
    }

    /** What the key is, as far as it may be told: the value of a variable may be a secret, its name is none. */
    private String is(Key<?> key, Value value) {
        if (key.secret() || key.type().mayHoldSecret(value.text())) {
            return "";
        }
        String shown = Problems.quote(ValueType.withoutQuery(value.text()));
        return Variables.occurIn(value.text())
                ? ", " + shown + " with its variables filled in,"
                : " is " + shown + "; it";
    }

    /** The value as it stands in the file, or the default, to be put into a message. Not for keys of secrets. */
    String shown(Key<?> key) {
        return raw.value(key).map(value -> Problems.clean(value.text())).orElse(key.fallback());
    }
}
