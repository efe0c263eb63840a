package org.pocx.aggregator.cli.log;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tinylog.throwable.ThrowableData;
import org.tinylog.throwable.ThrowableFilter;
import org.tinylog.throwable.ThrowableStore;

/** The filter {@code one line} of tinylog's configuration: a stack trace has many lines, but its messages have one. */
public final class OneLineThrowableFilter implements ThrowableFilter {
    static final String TYPE = "one line";

    /** Called by tinylog, with the arguments of the filter: there are none. */
    public OneLineThrowableFilter(@Nullable String arguments) {}

    @Override
    public ThrowableData filter(ThrowableData origin) {
        return Objects.requireNonNull(cleaned(origin));
    }

    private static @Nullable ThrowableData cleaned(@Nullable ThrowableData data) {
        return data == null
                ? null
                : new ThrowableStore(
                        data.getClassName(),
                        OneLine.text(data.getMessage()),
                        data.getStackTrace(),
                        cleaned(data.getCause()));
    }
}
