package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON-RPC request object, with its members in any order. Confined to the parsing thread. It continues to read
 * after the first fault, because the id may follow.
 */
final class RpcRequestReader {
    private static final List<String> MEMBERS = List.of("jsonrpc", "method", "params", "id");

    private final String text;
    private final MemberTracker members = new MemberTracker(MEMBERS);
    private @Nullable RpcId id;
    private @Nullable String method;
    private Optional<RawJson> params = Optional.empty();
    private @Nullable String fault;

    private RpcRequestReader(String text) {
        this.text = text;
    }

    /** Reads the parser's current value to its end. */
    static RpcCall read(JsonParser parser, String text) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return new RpcCall.Malformed(RpcId.NULL, RpcError.invalidRequest("a request is an object"));
        }
        RpcRequestReader request = new RpcRequestReader(text);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            request.member(name, parser);
        }
        return request.toCall();
    }

    private void member(String name, JsonParser parser) throws IOException {
        if (!members.add(name)) {
            fault("duplicate member " + JsonText.shortened(name));
            parser.skipChildren();
            return;
        }
        switch (name) {
            case "jsonrpc" -> version(parser);
            case "method" -> method(parser);
            case "params" -> params(parser);
            case "id" -> id(parser);
            default -> parser.skipChildren();
        }
    }

    private void version(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING || !parser.getText().equals("2.0")) {
            fault("jsonrpc must be \"2.0\"");
            parser.skipChildren();
        }
    }

    private void method(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            method = parser.getText();
        } else {
            fault("method must be a string");
            parser.skipChildren();
        }
    }

    private void params(JsonParser parser) throws IOException {
        if (parser.currentToken().isStructStart()) {
            params = Optional.of(JsonText.slice(parser, text));
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
            fault("params must be an object or an array");
        }
    }

    private void id(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING || token.isNumeric() || token == JsonToken.VALUE_NULL) {
            id = RpcId.fromJson(JsonText.slice(parser, text));
        } else {
            fault("id must be a string, a number or null");
            id = RpcId.NULL;
            parser.skipChildren();
        }
    }

    private RpcCall toCall() {
        if (method == null) {
            fault("method is missing");
        }
        if (fault != null || method == null) {
            return new RpcCall.Malformed(id == null ? RpcId.NULL : id, RpcError.invalidRequest(String.valueOf(fault)));
        }
        return id == null ? new RpcCall.Notification(method, params) : new RpcCall.Request(id, method, params);
    }

    private void fault(String description) {
        if (fault == null) {
            fault = description;
        }
    }
}
