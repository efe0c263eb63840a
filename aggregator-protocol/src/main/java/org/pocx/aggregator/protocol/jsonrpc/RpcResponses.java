package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Responses: a server writes them, a client reads them. */
public final class RpcResponses {
    private RpcResponses() {}

    /**
     * Parses the response to a single request. Invalid input is returned as a value, never thrown.
     *
     * @param body the bytes as received
     * @return the response, or what is wrong with it
     */
    public static RpcResponse parse(byte[] body) {
        try {
            String text = JsonText.decodeUtf8(body);
            try (JsonParser parser = JsonText.parser(text)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    return new RpcResponse.Invalid("a body that is not a JSON object");
                }
                RpcResponse response = RpcResponseReader.read(parser, text);
                return parser.nextToken() == null ? response : new RpcResponse.Invalid("more than one JSON value");
            }
        } catch (IOException notJson) {
            return new RpcResponse.Invalid("a body that is not valid JSON");
        }
    }

    /**
     * {@return a response with a result, as UTF-8}
     *
     * @param id the id of the request
     * @param result valid JSON
     */
    public static byte[] result(RpcId id, RawJson result) {
        return new RenderedResponse(result).answer(id);
    }

    /**
     * {@return a response with an error, as UTF-8}
     *
     * @param id the id of the request; {@link RpcId#NULL} when it is unknown
     * @param error the error
     */
    public static byte[] error(RpcId id, RpcError error) {
        StringBuilder out = new StringBuilder("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":")
                .append(error.code())
                .append(",\"message\":")
                .append(JsonText.quote(error.message()));
        error.data().ifPresent(data -> out.append(",\"data\":").append(data.text()));
        return out.append("},\"id\":").append(id.json()).append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * {@return the responses to a batch as one body, in the given order}
     *
     * @param responses complete responses as UTF-8, at least one
     */
    public static byte[] batch(List<byte[]> responses) {
        int length = 1 + responses.stream().mapToInt(response -> response.length + 1).sum();
        byte[] body = new byte[length];
        int at = 0;
        for (byte[] response : responses) {
            body[at] = (byte) (at == 0 ? '[' : ',');
            System.arraycopy(response, 0, body, at + 1, response.length);
            at += response.length + 1;
        }
        body[at] = ']';
        return body;
    }
}
