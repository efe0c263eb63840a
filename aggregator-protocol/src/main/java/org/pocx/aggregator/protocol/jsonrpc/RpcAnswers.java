package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Responses: a server writes them, a client reads them. */
public final class RpcAnswers {
    private RpcAnswers() {}

    /**
     * Parses the response to a single request. Invalid input is returned as a value, never thrown.
     *
     * @param body the bytes as received
     * @return the response, or what is wrong with it
     */
    public static RpcAnswer parse(byte[] body) {
        try {
            String text = JsonText.decodeUtf8(body);
            try (JsonParser parser = JsonText.parser(text)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    return new RpcAnswer.Garbage("a body that is not a JSON object");
                }
                RpcAnswer answer = RpcResponseReader.read(parser, text);
                return parser.nextToken() == null ? answer : new RpcAnswer.Garbage("more than one JSON value");
            }
        } catch (IOException notJson) {
            return new RpcAnswer.Garbage("a body that is not valid JSON");
        }
    }

    /**
     * {@return a response with a result, as UTF-8}
     *
     * @param id the id of the request
     * @param result valid JSON
     */
    public static byte[] result(RpcId id, RawJson result) {
        return new RenderedResult(result).answer(id);
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
     * @param answers complete responses as UTF-8, at least one
     */
    public static byte[] batch(List<byte[]> answers) {
        int length = 1 + answers.stream().mapToInt(answer -> answer.length + 1).sum();
        byte[] body = new byte[length];
        int at = 0;
        for (byte[] answer : answers) {
            body[at] = (byte) (at == 0 ? '[' : ',');
            System.arraycopy(answer, 0, body, at + 1, answer.length);
            at += answer.length + 1;
        }
        body[at] = ']';
        return body;
    }
}
