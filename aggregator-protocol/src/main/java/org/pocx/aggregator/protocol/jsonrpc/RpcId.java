package org.pocx.aggregator.protocol.jsonrpc;

import org.jspecify.annotations.Nullable;

/**
 * The id of a request: the JSON text of a string, a number or null, kept and echoed exactly as it came ({@code 1.0},
 * {@code 1e3} and numbers beyond 2^64 included). Equal when the texts are.
 */
public final class RpcId {
    /** The id of an answer to a request whose id could not be read. */
    public static final RpcId NULL = new RpcId("null");

    private final String json;

    private RpcId(String json) {
        this.json = json;
    }

    /**
     * {@return an id that is a number}
     *
     * @param number written with its sign
     */
    public static RpcId of(long number) {
        return new RpcId(Long.toString(number));
    }

    /**
     * {@return an id that is a string}
     *
     * @param text anything; quoted and escaped here
     */
    public static RpcId of(String text) {
        return new RpcId(Json.quote(text));
    }

    /** The id as a parser found it. */
    static RpcId ofJson(RawJson scalar) {
        return new RpcId(scalar.text());
    }

    /** {@return the id as JSON text, quotes of a string included} */
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
