package org.pocx.aggregator.protocol.jsonrpc;

/** Writes one JSON object. Not thread-safe, and not usable after {@link #end()}. */
public final class JsonObjectWriter {
    private final StringBuilder out = new StringBuilder(512).append('{');

    /** Begins an object without members. */
    public JsonObjectWriter() {}

    /**
     * Adds a string.
     *
     * @param name the member's name; quoted and escaped here, and not checked for duplicates
     * @param value any text; quoted and escaped here
     * @return this
     */
    public JsonObjectWriter string(String name, String value) {
        begin(name);
        JsonText.quote(value, out);
        return this;
    }

    /**
     * Adds an unsigned integer as a JSON number.
     *
     * @param name the member's name; quoted and escaped here, and not checked for duplicates
     * @param value u64
     * @return this
     */
    public JsonObjectWriter u64(String name, long value) {
        return raw(name, Long.toUnsignedString(value));
    }

    /**
     * Adds a value that is already JSON text.
     *
     * @param name the member's name; quoted and escaped here, and not checked for duplicates
     * @param json valid JSON; not checked
     * @return this
     */
    public JsonObjectWriter raw(String name, String json) {
        begin(name);
        out.append(json);
        return this;
    }

    private void begin(String name) {
        if (out.length() > 1) {
            out.append(',');
        }
        JsonText.quote(name, out);
        out.append(':');
    }

    /** {@return the complete object} */
    public RawJson end() {
        return new RawJson(out.append('}').toString());
    }
}
