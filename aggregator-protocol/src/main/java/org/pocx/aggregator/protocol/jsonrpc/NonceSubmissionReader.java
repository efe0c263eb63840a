package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.pocx.aggregator.core.mining.CoinbaseOutputs;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * Reads the nine fields of {@code submit_nonce} and the optional tenth, by name or by position. Confined to the parsing
 * thread.
 */
final class NonceSubmissionReader {
    /** In the order of positional params. */
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

    private final MemberTracker members = new MemberTracker(FIELDS);
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

    /** Reads the parser's current object or array. */
    NonceSubmission read(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            readPositional(parser);
        } else {
            readNamed(parser);
        }
        members.requireAll();
        return NonceSubmission.builder()
                .blockHash(blockHash)
                .height(height)
                .generationSignature(generationSignature)
                .baseTarget(baseTarget)
                .accountId(accountId)
                .seed(seed)
                .nonce(nonce)
                .compression(compression)
                .rawQuality(rawQuality)
                .coinbaseOutputs(coinbaseOutputs)
                .build();
    }

    private void readNamed(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.addUnique(name);
            field(name, parser);
        }
    }

    private void readPositional(JsonParser parser) throws IOException {
        int position = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (position > FIELDS.size()) {
                throw new InvalidFieldException(
                        "params", "must have " + FIELDS.size() + " or " + (FIELDS.size() + 1) + " elements");
            }
            String name = position < FIELDS.size() ? FIELDS.get(position) : COINBASE_OUTPUTS;
            position++;
            members.add(name);
            field(name, parser);
        }
    }

    private void field(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "block_hash" -> blockHash = FieldParser.string(name, parser);
            case "height" -> height = FieldParser.u64(name, parser);
            case "generation_signature" -> generationSignature = FieldParser.string(name, parser);
            case "base_target" -> baseTarget = FieldParser.u64(name, parser);
            case "account_id" -> accountId = FieldParser.string(name, parser);
            case "seed" -> seed = FieldParser.string(name, parser);
            case "nonce" -> nonce = FieldParser.u64(name, parser);
            case "compression" -> compression = FieldParser.u8(name, parser);
            case "raw_quality" -> rawQuality = FieldParser.u64(name, parser);
            case COINBASE_OUTPUTS -> coinbaseOutputs = CoinbaseOutputsReader.read(parser);
            default -> parser.skipChildren();
        }
    }
}
