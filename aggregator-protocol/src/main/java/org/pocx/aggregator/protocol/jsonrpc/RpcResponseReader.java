package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON-RPC response object. Confined to the parsing thread. Lenient where existing servers deviate from the
 * specification: the version is not checked, and a null {@code error} or {@code result} counts as absent. An ambiguous
 * response is invalid, because a verdict is final and a wrong guess would lose a nonce.
 */
final class RpcResponseReader {
    private final String text;
    private RpcId id = RpcId.NULL;
    private @Nullable RawJson result;
    private @Nullable RawJson error;
    private boolean hasInvalidId;

    private RpcResponseReader(String text) {
        this.text = text;
    }

    /** Reads the parser's current object to its end. */
    static RpcResponse read(JsonParser parser, String text) throws IOException {
        RpcResponseReader response = new RpcResponseReader(text);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            response.member(name, parser);
        }
        return response.toResponse();
    }

    private void member(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        switch (name) {
            case "id" -> {
                if (parser.currentToken().isScalarValue()) {
                    id = RpcId.fromJson(JsonText.slice(parser, text));
                } else {
                    hasInvalidId = true;
                    parser.skipChildren();
                }
            }
            case "result" -> result = JsonText.slice(parser, text);
            case "error" -> error = JsonText.slice(parser, text);
            default -> parser.skipChildren();
        }
    }

    private RpcResponse toResponse() throws IOException {
        if (hasInvalidId) {
            return new RpcResponse.Invalid("JSON whose id is an array or an object");
        }
        if (error != null && result != null) {
            return new RpcResponse.Invalid("JSON with both a result and an error");
        }
        if (error != null) {
            return failure(error);
        }
        return result == null
                ? new RpcResponse.Invalid("JSON with neither result nor error")
                : new RpcResponse.Result(id, result);
    }

    private RpcResponse failure(RawJson value) throws IOException {
        Optional<Long> code = value.member("code").flatMap(RpcResponseReader::integer);
        if (code.isEmpty()) {
            return new RpcResponse.Invalid("an error without an integer code");
        }
        String message = value.member("message").map(RawJson::asText).orElse("");
        return new RpcResponse.Failure(id, new RpcError(code.get(), message, value.member("data")));
    }

    private static Optional<Long> integer(RawJson number) {
        try {
            return Optional.of(Long.parseLong(number.text()));
        } catch (NumberFormatException notAnInteger) {
            return Optional.empty();
        }
    }
}
