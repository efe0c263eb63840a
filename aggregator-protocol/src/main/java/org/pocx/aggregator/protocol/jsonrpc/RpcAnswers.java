package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers: what a server writes and a client reads. */
public final class RpcAnswers {
    private RpcAnswers() {}

    /**
     * Reads the body of an answer to a single request. Never throws for what a peer sends: faults are values.
     *
     * @param body the bytes as they came
     * @return the answer, or what is wrong with it
     */
    public static RpcAnswer parse(byte[] body) {
        try {
            String text = Json.decodeUtf8(body);
            try (JsonParser parser = Json.parser(text)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    return new RpcAnswer.Garbage("something else than a JSON object");
                }
                RpcAnswer answer = AnswerEnvelope.read(parser, text);
                return parser.nextToken() == null ? answer : new RpcAnswer.Garbage("more than one JSON value");
            }
        } catch (IOException notJson) {
            return new RpcAnswer.Garbage("something that is no JSON");
        }
    }

    /**
     * {@return an answer with a result, as UTF-8}
     *
     * @param id of the request that is answered
     * @param result valid JSON
     */
    public static byte[] result(RpcId id, RawJson result) {
        return new RenderedResult(result).answer(id);
    }

    /**
     * {@return an answer with an error, as UTF-8}
     *
     * @param id of the request that is answered; {@link RpcId#NULL} where it is not known
     * @param error what to say
     */
    public static byte[] error(RpcId id, RpcError error) {
        StringBuilder out = new StringBuilder("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":")
                .append(error.code())
                .append(",\"message\":")
                .append(Json.quote(error.message()));
        error.data().ifPresent(data -> out.append(",\"data\":").append(data.text()));
        return out.append("},\"id\":").append(id.json()).append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * {@return answers to the requests of a batch, in the order given, as one body}
     *
     * @param answers whole answers as UTF-8, at least one
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
