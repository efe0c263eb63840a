package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * A JSON value as unparsed text.
 *
 * @param text one well-formed JSON value. It is sent unchanged, so never create one from unchecked input
 */
public record RawJson(String text) {

    /**
     * {@return the value of a member; empty when this is not an object, or the member is absent or null}
     *
     * @param name the member's exact name
     */
    public Optional<RawJson> member(String name) {
        try (JsonParser parser = JsonText.parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(name);
                if (parser.nextToken() == JsonToken.VALUE_NULL || !wanted) {
                    parser.skipChildren();
                } else {
                    return Optional.of(JsonText.slice(parser, text));
                }
            }
            return Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** {@return the characters of a JSON string, or the JSON text of any other value} */
    public String asText() {
        try (JsonParser parser = JsonText.parser(text)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : text;
        } catch (IOException notJson) {
            return text;
        }
    }
}
