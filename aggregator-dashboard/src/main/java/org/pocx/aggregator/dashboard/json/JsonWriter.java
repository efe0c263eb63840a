package org.pocx.aggregator.dashboard.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON, member by member. An unsigned 64-bit integer is written as a number, as in the miners' protocol;
 * infinite and unknown values are null. For one use by one thread.
 */
public final class JsonWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator out;

    private JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    /** Renders an object as UTF-8. */
    public static byte[] render(Consumer<JsonWriter> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            JsonWriter json = new JsonWriter(generator);
            generator.writeStartObject();
            members.accept(json);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: writing to memory
        }
        return bytes.toByteArray();
    }

    /** A write to memory, which cannot fail. */
    private interface Write {
        void run() throws IOException;
    }

    private void write(@Nullable String name, Write write) {
        try {
            if (name != null) {
                out.writeFieldName(name);
            }
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a string. */
    public void text(String name, String value) {
        write(name, () -> out.writeString(value));
    }

    /** Writes a string, or null. */
    public void text(String name, Optional<String> value) {
        value.ifPresentOrElse(there -> text(name, there), () -> none(name));
    }

    /** Writes a time in UTC. */
    public void time(String name, Instant at) {
        text(name, at.toString());
    }

    /** Writes an integer. */
    public void number(String name, long value) {
        write(name, () -> out.writeNumber(value));
    }

    /** Writes an unsigned 64-bit integer. */
    public void unsigned(String name, long value) {
        write(name, () -> out.writeNumber(Long.toUnsignedString(value)));
    }

    /** Writes a number, or null if it is infinite or NaN. */
    public void finite(String name, double value) {
        write(name, () -> {
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeNull(); // JSON has no infinity
            }
        });
    }

    /** Writes whole seconds. */
    public void seconds(String name, Duration duration) {
        number(name, duration.toSeconds());
    }

    /** Writes whole seconds, or null. */
    public void seconds(String name, Optional<Duration> duration) {
        duration.ifPresentOrElse(there -> seconds(name, there), () -> none(name));
    }

    /** Writes a boolean. */
    public void flag(String name, boolean value) {
        write(name, () -> out.writeBoolean(value));
    }

    /** Writes null. */
    public void none(String name) {
        write(name, out::writeNull);
    }

    /** Writes an object. */
    public void object(String name, Runnable members) {
        write(name, () -> {
            out.writeStartObject();
            members.run();
            out.writeEndObject();
        });
    }

    /** Writes an object, or null. */
    public <T> void object(String name, Optional<T> value, Consumer<T> members) {
        value.ifPresentOrElse(there -> object(name, () -> members.accept(there)), () -> none(name));
    }

    /** Writes an array of objects. */
    public <T> void objects(String name, Iterable<T> values, Consumer<T> members) {
        write(name, () -> {
            out.writeStartArray();
            for (T value : values) {
                out.writeStartObject();
                members.accept(value);
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    /** Writes an array of strings. */
    public void texts(String name, Iterable<String> values) {
        write(name, () -> {
            out.writeStartArray();
            for (String value : values) {
                out.writeString(value);
            }
            out.writeEndArray();
        });
    }

    /** Writes an array of numbers, with null for values that are infinite or NaN. */
    public void numbers(String name, double[] values) {
        write(name, () -> {
            out.writeStartArray();
            for (double value : values) {
                if (Double.isNaN(value) || Double.isInfinite(value)) {
                    out.writeNull();
                } else if (value == Math.rint(value) && Math.abs(value) < 0x1p53) {
                    out.writeNumber((long) value);
                } else {
                    out.writeNumber(value);
                }
            }
            out.writeEndArray();
        });
    }
}
