package org.pocx.aggregator.protocol.jsonrpc;

import org.jspecify.annotations.Nullable;

/**
 * The id of a request: the JSON text of a string, a number or null. It is kept and returned unchanged, including {@code
 * 1.0}, {@code 1e3} and numbers above 2^64. Two ids are equal when their JSON texts are equal.
 */
public final class RpcId {
    /** The id in the response to a request whose id could not be read. */
    public static final RpcId NULL = new RpcId("null");

    private final String json;

    private RpcId(String json) {
        this.json = json;
    }

    /**
     * {@return an id that is a number}
     *
     * @param number a signed number
     */
    public static RpcId of(long number) {
        return new RpcId(Long.toString(number));
    }

    /**
     * {@return an id that is a string}
     *
     * @param text any text; quoted and escaped here
     */
    public static RpcId of(String text) {
        return new RpcId(JsonText.quote(text));
    }

    /** Returns an id with the JSON text of a parsed value. */
    static RpcId fromJson(RawJson scalar) {
        return new RpcId(scalar.text());
    }

    /** {@return the id as JSON text; a string includes its quotes} */
    public String json() {
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RpcId id && id.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return json;
    }
}
