package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.CoinbaseOutputs;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * Collects the nine fields of {@code submit_nonce}, and the optional tenth, named or in their order. Owned by the thread that
 * parses.
 */
final class NonceSubmissionReader {
    /** In the order in which a positional array gives them. */
    private static final List<String> FIELDS = List.of(
            "block_hash",
            "height",
            "generation_signature",
            "base_target",
            "account_id",
            "seed",
            "nonce",
            "compression",
            "raw_quality");

    /** The optional field, the tenth element of an array. */
    static final String COINBASE_OUTPUTS = "coinbase_outputs";

    private final SeenNames seen = new SeenNames(FIELDS);
    private String blockHash = "";
    private long height;
    private String generationSignature = "";
    private long baseTarget;
    private String accountId = "";
    private String seed = "";
    private long nonce;
    private int compression;
    private long rawQuality;
    private CoinbaseOutputs coinbaseOutputs = CoinbaseOutputs.NONE;

    /** Reads the object or array that the parser stands on. */
    NonceSubmission read(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            positional(parser);
        } else {
            named(parser);
        }
        @Nullable String missing = seen.missing();
        if (missing != null) {
            throw new InvalidFieldException(missing, "is missing");
        }
        return new NonceSubmission(
                blockHash,
                height,
                generationSignature,
                baseTarget,
                accountId,
                seed,
                nonce,
                compression,
                rawQuality,
                coinbaseOutputs);
    }

    private void named(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (!seen.add(name)) {
                throw new InvalidFieldException(Json.shown(name), "is there twice");
            }
            field(name, parser);
        }
    }

    private void positional(JsonParser parser) throws IOException {
        int position = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (position > FIELDS.size()) {
                throw new InvalidFieldException(
                        "params", "must have " + FIELDS.size() + " or " + (FIELDS.size() + 1) + " elements");
            }
            String name = position < FIELDS.size() ? FIELDS.get(position) : COINBASE_OUTPUTS;
            position++;
            seen.add(name);
            field(name, parser);
        }
    }

    private void field(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "block_hash" -> blockHash = Fields.string(name, parser);
            case "height" -> height = Fields.u64(name, parser);
            case "generation_signature" -> generationSignature = Fields.string(name, parser);
            case "base_target" -> baseTarget = Fields.u64(name, parser);
            case "account_id" -> accountId = Fields.string(name, parser);
            case "seed" -> seed = Fields.string(name, parser);
            case "nonce" -> nonce = Fields.u64(name, parser);
            case "compression" -> compression = Fields.u8(name, parser);
            case "raw_quality" -> rawQuality = Fields.u64(name, parser);
            case COINBASE_OUTPUTS -> coinbaseOutputs = CoinbaseOutputsReader.read(parser);
            default -> parser.skipChildren();
        }
    }
}
