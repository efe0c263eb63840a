package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects the members of one answer object. Owned by the thread that parses. Lenient where servers of the field are
 * loose: the version is not looked at, and {@code "error":null} beside a result, or the other way round, is as absent.
 * What could be read in two ways is garbage: a verdict is final, and no nonce is to be lost to a guess.
 */
final class AnswerEnvelope {
    private final String text;
    private RpcId id = RpcId.NULL;
    private @Nullable RawJson result;
    private @Nullable RawJson error;
    private boolean idIsOdd;

    private AnswerEnvelope(String text) {
        this.text = text;
    }

    /** Reads the object that the parser stands on, to its end. */
    static RpcAnswer read(JsonParser parser, String text) throws IOException {
        AnswerEnvelope envelope = new AnswerEnvelope(text);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            envelope.member(name, parser);
        }
        return envelope.answer();
    }

    private void member(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        switch (name) {
            case "id" -> {
                if (parser.currentToken().isScalarValue()) {
                    id = RpcId.ofJson(Json.slice(parser, text));
                } else {
                    idIsOdd = true;
                    parser.skipChildren();
                }
            }
            case "result" -> result = Json.slice(parser, text);
            case "error" -> error = Json.slice(parser, text);
            default -> parser.skipChildren();
        }
    }

    private RpcAnswer answer() throws IOException {
        if (idIsOdd) {
            return new RpcAnswer.Garbage("JSON whose id is an array or an object");
        }
        if (error != null && result != null) {
            return new RpcAnswer.Garbage("JSON with both a result and an error");
        }
        if (error != null) {
            return failure(error);
        }
        return result == null
                ? new RpcAnswer.Garbage("JSON with neither result nor error")
                : new RpcAnswer.Result(id, result);
    }

    private RpcAnswer failure(RawJson value) throws IOException {
        Optional<Long> code = value.member("code").flatMap(AnswerEnvelope::integer);
        if (code.isEmpty()) {
            return new RpcAnswer.Garbage("an error without a code");
        }
        String message = value.member("message").map(RawJson::asText).orElse("");
        return new RpcAnswer.Failure(id, new RpcError(code.get(), message, value.member("data")));
    }

    private static Optional<Long> integer(RawJson number) {
        try {
            return Optional.of(Long.parseLong(number.text()));
        } catch (NumberFormatException notInteger) {
            return Optional.empty();
        }
    }
}
