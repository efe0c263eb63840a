package org.pocx.aggregator.protocol.jsonrpc;

/** Writes one JSON object, member by member. For one thread, and used up by {@link #end()}. */
public final class ObjectText {
    private final StringBuilder out = new StringBuilder(512).append('{');

    /** An object without members. */
    public ObjectText() {}

    /**
     * Adds a string; it is quoted and escaped here.
     *
     * @param name of the member; quoted and escaped here, and not looked for among those before
     * @param value any text
     * @return this
     */
    public ObjectText string(String name, String value) {
        begin(name);
        Json.quote(value, out);
        return this;
    }

    /**
     * Adds an unsigned integer as a bare number.
     *
     * @param name of the member; quoted and escaped here, and not looked for among those before
     * @param value u64
     * @return this
     */
    public ObjectText u64(String name, long value) {
        return raw(name, Long.toUnsignedString(value));
    }

    /**
     * Adds a value that is JSON text already.
     *
     * @param name of the member; quoted and escaped here, and not looked for among those before
     * @param json valid JSON, which is not checked
     * @return this
     */
    public ObjectText raw(String name, String json) {
        begin(name);
        out.append(json);
        return this;
    }

    private void begin(String name) {
        if (out.length() > 1) {
            out.append(',');
        }
        Json.quote(name, out);
        out.append(':');
    }

    /** {@return the object, whole} */
    public RawJson end() {
        return new RawJson(out.append('}').toString());
    }
}
