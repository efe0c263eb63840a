package org.pocx.aggregator.cli.log;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tinylog.throwable.ThrowableData;
import org.tinylog.throwable.ThrowableFilter;
import org.tinylog.throwable.ThrowableStore;

/** Puts the message of each exception on one line. tinylog creates it, because the configuration names it. */
public final class OneLineThrowableFilter implements ThrowableFilter {

    /** @param arguments always null: this filter has no arguments */
    public OneLineThrowableFilter(@Nullable String arguments) {}

    @Override
    public ThrowableData filter(ThrowableData origin) {
        return Objects.requireNonNull(cleaned(origin));
    }

    private static @Nullable ThrowableData cleaned(@Nullable ThrowableData data) {
        if (data == null) {
            return null;
        }
        String message = data.getMessage() == null ? null : LogText.oneLine(data.getMessage());
        return new ThrowableStore(data.getClassName(), message, data.getStackTrace(), cleaned(data.getCause()));
    }
}
