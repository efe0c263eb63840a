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
import org.pocx.aggregator.statistics.Capacity;

/**
 * Writes JSON, member by member. An unsigned 64-bit integer is a bare number, as on the miners' wire; what is infinite or
 * unknown is null. One use, by one thread.
 */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator out;

    private Json(JsonGenerator out) {
        this.out = out;
    }

    /** An object as UTF-8; the writer adds its members. */
    public static byte[] render(Consumer<Json> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            Json json = new Json(generator);
            generator.writeStartObject();
            members.accept(json);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a byte array takes whatever is written
        }
        return bytes.toByteArray();
    }

    /** A write that cannot fail, as it goes to memory. */
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

    /** A text. */
    public void text(String name, String value) {
        write(name, () -> out.writeString(value));
    }

    /** A time, in UTC. */
    public void time(String name, Instant at) {
        text(name, at.toString());
    }

    /** A whole number. */
    public void number(String name, long value) {
        write(name, () -> out.writeNumber(value));
    }

    /** An unsigned 64-bit number. */
    public void unsigned(String name, long value) {
        write(name, () -> out.writeNumber(Long.toUnsignedString(value)));
    }

    /** A number, or null where it is infinite or none. */
    public void finite(String name, double value) {
        write(name, () -> {
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeNull(); // JSON has no infinity
            }
        });
    }

    /** A capacity in the words of {@link Capacity#text}, or null where it is infinite or none. */
    public void capacityText(String name, double tib) {
        if (Double.isFinite(tib)) {
            text(name, Capacity.text(tib));
        } else {
            none(name);
        }
    }

    /** Whole seconds. */
    public void seconds(String name, Duration duration) {
        number(name, duration.toSeconds());
    }

    /** Whole seconds, or null. */
    public void seconds(String name, Optional<Duration> duration) {
        duration.ifPresentOrElse(there -> seconds(name, there), () -> none(name));
    }

    /** True or false. */
    public void flag(String name, boolean value) {
        write(name, () -> out.writeBoolean(value));
    }

    /** Null. */
    public void none(String name) {
        write(name, out::writeNull);
    }

    /** An object. */
    public void object(String name, Runnable members) {
        write(name, () -> {
            out.writeStartObject();
            members.run();
            out.writeEndObject();
        });
    }

    /** An object, or null. */
    public <T> void object(String name, Optional<T> value, Consumer<T> members) {
        value.ifPresentOrElse(there -> object(name, () -> members.accept(there)), () -> none(name));
    }

    /** A list of objects. */
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

    /** A list of texts. */
    public void texts(String name, Iterable<String> values) {
        write(name, () -> {
            out.writeStartArray();
            for (String value : values) {
                out.writeString(value);
            }
            out.writeEndArray();
        });
    }

    /** A list of numbers, null for those that are infinite or none. */
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
