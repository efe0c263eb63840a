package org.pocx.aggregator.protocol.jsonrpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A response that is rendered once and sent for many requests; only the id is inserted for each request. Immutable.
 */
public final class RenderedResponse {
    private final byte[] head;

    /**
     * Renders a result.
     *
     * @param result the result for all ids
     */
    public RenderedResponse(RawJson result) {
        head = ("{\"jsonrpc\":\"2.0\",\"result\":" + result.text() + ",\"id\":").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * {@return the complete response as UTF-8, in a new array}
     *
     * @param id the id of the request
     */
    public byte[] answer(RpcId id) {
        byte[] tail = (id.json() + "}").getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, body, head.length, tail.length);
        return body;
    }
}
