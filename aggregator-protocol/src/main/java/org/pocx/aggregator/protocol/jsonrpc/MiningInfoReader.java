package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pocx.aggregator.core.mining.MiningInfo;

/** Reads a {@code get_mining_info} result. Confined to the parsing thread. */
final class MiningInfoReader {
    /** The maximum number of unknown members that are passed on. */
    static final int MAX_EXTRAS = 32;

    /** The maximum total length of their names and values, in characters. */
    static final int MAX_EXTRAS_CHARS = 16 * 1024;

    private static final Logger LOG = System.getLogger(MiningInfoReader.class.getName());
    private static final List<String> REQUIRED =
            List.of("generation_signature", "base_target", "height", "block_hash");

    private final String text;
    private final MemberTracker members = new MemberTracker(REQUIRED);
    private final Map<String, String> extras = new LinkedHashMap<>();
    private int extrasChars;
    private String generationSignature = "";
    private long baseTarget;
    private long height;
    private String blockHash = "";
    private long targetQuality = MiningInfo.NO_TARGET_QUALITY;
    private int minimumCompressionLevel = MiningInfo.DEFAULT_COMPRESSION_LEVEL;
    private int targetCompressionLevel = MiningInfo.DEFAULT_COMPRESSION_LEVEL;

    MiningInfoReader(String text) {
        this.text = text;
    }

    /** Reads the parser's current object. */
    MiningInfo read(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                members.addUnique(name);
                field(name, parser);
            } else if (!isKnown(name)) {
                members.addUnique(name);
                extra(name, parser);
            }
        }
        members.requireAll();
        return new MiningInfo(
                generationSignature,
                baseTarget,
                height,
                blockHash,
                targetQuality,
                minimumCompressionLevel,
                targetCompressionLevel,
                extras);
    }

    private static boolean isKnown(String name) {
        return switch (name) {
            case "generation_signature",
                    "base_target",
                    "height",
                    "block_hash",
                    "target_quality",
                    "minimum_compression_level",
                    "target_compression_level" ->
                true;
            default -> false;
        };
    }

    private void field(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "generation_signature" -> generationSignature = FieldParser.string(name, parser);
            case "base_target" -> baseTarget = FieldParser.u64(name, parser);
            case "height" -> height = FieldParser.u64(name, parser);
            case "block_hash" -> blockHash = FieldParser.string(name, parser);
            case "target_quality" -> targetQuality = FieldParser.u64(name, parser);
            case "minimum_compression_level" -> minimumCompressionLevel = FieldParser.u8(name, parser);
            case "target_compression_level" -> targetCompressionLevel = FieldParser.u8(name, parser);
            default -> extra(name, parser);
        }
    }

    private void extra(String name, JsonParser parser) throws IOException {
        String value = JsonText.slice(parser, text).text();
        int chars = name.length() + value.length();
        if (extras.size() == MAX_EXTRAS || extrasChars + chars > MAX_EXTRAS_CHARS) {
            LOG.log(Level.DEBUG, "Mining info has too many unknown members, or too long ones. Dropping one.");
            return;
        }
        extrasChars += chars;
        extras.put(name, value);
    }
}
