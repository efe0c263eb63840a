package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.mining.MiningInfo;

/** Collects the fields of a {@code get_mining_info} result. Owned by the thread that parses. */
final class MiningInfoReader {
    /** The most members that are passed on though they mean nothing to us. */
    static final int MAX_EXTRAS = 32;

    /** The most text of all of them together, names included, in characters. */
    static final int MAX_EXTRAS_CHARS = 16 * 1024;

    private static final Logger LOG = System.getLogger(MiningInfoReader.class.getName());
    private static final List<String> REQUIRED =
            List.of("generation_signature", "base_target", "height", "block_hash");

    private final String text;
    private final SeenNames seen = new SeenNames(REQUIRED);
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

    /** Reads the object that the parser stands on. */
    MiningInfo read(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                once(name);
                field(name, parser);
            } else if (!isKnown(name)) {
                once(name);
                extra(name, parser);
            }
        }
        @Nullable String missing = seen.missing();
        if (missing != null) {
            throw new InvalidFieldException(missing, "is missing");
        }
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

    private void once(String name) {
        if (!seen.add(name)) {
            throw new InvalidFieldException(Json.shown(name), "is there twice");
        }
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
            case "generation_signature" -> generationSignature = Fields.string(name, parser);
            case "base_target" -> baseTarget = Fields.u64(name, parser);
            case "height" -> height = Fields.u64(name, parser);
            case "block_hash" -> blockHash = Fields.string(name, parser);
            case "target_quality" -> targetQuality = Fields.u64(name, parser);
            case "minimum_compression_level" -> minimumCompressionLevel = Fields.u8(name, parser);
            case "target_compression_level" -> targetCompressionLevel = Fields.u8(name, parser);
            default -> extra(name, parser);
        }
    }

    private void extra(String name, JsonParser parser) throws IOException {
        String value = Json.slice(parser, text).text();
        int chars = name.length() + value.length();
        if (extras.size() == MAX_EXTRAS || extrasChars + chars > MAX_EXTRAS_CHARS) {
            LOG.log(Level.DEBUG, "mining info has more unknown members than are passed on; one dropped");
            return;
        }
        extrasChars += chars;
        extras.put(name, value);
    }
}
