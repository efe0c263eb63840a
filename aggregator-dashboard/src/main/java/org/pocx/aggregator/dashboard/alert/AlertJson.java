package org.pocx.aggregator.dashboard.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * An alert as the JSON object that is posted. The words stand in it twice, as chat services differ in where they look:
 * Slack's and Mattermost's webhooks show "text", Discord's "content". Stateless.
 */
final class AlertJson {
    private static final JsonFactory JSON = new JsonFactory();

    private AlertJson() {}

    static byte[] of(Alert alert, String farm) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("event", alert.kind().text());
            out.writeStringField("text", farm + ": " + alert.text());
            out.writeStringField("content", farm + ": " + alert.text());
            out.writeStringField("farm", farm);
            out.writeStringField("at", alert.at().toString());
            for (Map.Entry<String, Object> detail : alert.details().entrySet()) {
                out.writeObjectField(detail.getKey(), detail.getValue());
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a byte array takes whatever is written
        }
        return bytes.toByteArray();
    }
}
