package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * A JSON value as its text, not yet looked into.
 *
 * @param text one well-formed JSON value; it goes out as it is, so never make one from unchecked input
 */
public record RawJson(String text) {

    /**
     * {@return the value of a member; empty where this is no object, or has no such member, or has null there}
     *
     * @param name of a member, compared as it is
     */
    public Optional<RawJson> member(String name) {
        try (JsonParser parser = Json.parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(name);
                if (parser.nextToken() == JsonToken.VALUE_NULL || !wanted) {
                    parser.skipChildren();
                } else {
                    return Optional.of(Json.slice(parser, text));
                }
            }
            return Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** {@return the characters of a JSON string; the JSON text of anything else} */
    public String asText() {
        try (JsonParser parser = Json.parser(text)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : text;
        } catch (IOException notJson) {
            return text;
        }
    }
}
