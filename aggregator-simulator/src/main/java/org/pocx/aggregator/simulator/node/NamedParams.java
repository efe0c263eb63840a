package org.pocx.aggregator.simulator.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;

/** A node's strictness about the names of parameters: one that it does not know spoils the request. */
final class NamedParams {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> KNOWN = Set.of(
            "block_hash",
            "height",
            "generation_signature",
            "base_target",
            "account_id",
            "seed",
            "nonce",
            "compression",
            "raw_quality",
            "coinbase_outputs");

    private NamedParams() {}

    /** The first name that {@code submit_nonce} does not have; positional parameters have no names. */
    static Optional<String> unknown(RawJson params) {
        try (JsonParser parser = JSON.createParser(params.text())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (!KNOWN.contains(parser.currentName())) {
                    return Optional.of(parser.currentName());
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("params were well-formed a moment ago", e);
        }
    }
}
