package org.pocx.aggregator.protocol.jsonrpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A result that is rendered once and answered to many: only the id is put in per request. Immutable.
 */
public final class RenderedResult {
    private final byte[] head;

    /**
     * Renders a result.
     *
     * @param result rendered once, here, for every id that will ask
     */
    public RenderedResult(RawJson result) {
        head = ("{\"jsonrpc\":\"2.0\",\"result\":" + result.text() + ",\"id\":").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * {@return the whole answer as UTF-8, of an array of its own}
     *
     * @param id of the request that is answered
     */
    public byte[] answer(RpcId id) {
        byte[] tail = (id.json() + "}").getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, body, head.length, tail.length);
        return body;
    }
}
