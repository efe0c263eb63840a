package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reading and writing JSON text, with the limits that hold for whatever a peer sends. */
final class Json {
    /** The deepest nesting of arrays and objects. */
    static final int MAX_DEPTH = 32;

    /** The longest number, in characters. */
    static final int MAX_NUMBER_CHARS = 1_000;

    private static final int SHOWN_NAME_CHARS = 40;
    private static final int POOLED_BUFFERS = 64;
    private static final int POOLED_CHARS = 4_000;

    /**
     * Names are neither shared nor interned, so that a peer that makes up names leaves nothing behind. The buffers are
     * pooled here, not in thread locals: a virtual thread lives for one request.
     */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.newBoundedPool(POOLED_BUFFERS))
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_CHARS)
                    .build())
            .build();

    private Json() {}

    /**
     * Decodes strictly: the parser's own decoding of bytes would guess at UTF-16 and let overlong forms pass.
     *
     * @throws CharacterCodingException when the bytes are not UTF-8
     */
    static String decodeUtf8(byte[] bytes) throws CharacterCodingException {
        return isAscii(bytes)
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /** Miners send nothing else, and it needs no decoder with its buffers. */
    private static boolean isAscii(byte[] bytes) {
        int bits = 0;
        for (byte one : bytes) {
            bits |= one;
        }
        return bits >= 0;
    }

    /** The factory takes a short text into a pooled buffer; a longer one it would read in pieces. */
    static JsonParser parser(String text) throws IOException {
        return text.length() <= POOLED_CHARS
                ? FACTORY.createParser(text)
                : FACTORY.createParser(text.toCharArray());
    }

    /** The text of the value whose first token the parser stands on; moves to its last token. */
    static RawJson slice(JsonParser parser, String text) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return new RawJson(text.substring(from, (int) parser.currentLocation().getCharOffset()));
    }

    /** The text as a JSON string, quotes included. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        quote(text, out);
        return out.toString();
    }

    /** Appends the text as a JSON string, quotes included. */
    static void quote(String text, StringBuilder out) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    /** A member's name that a peer made up, short enough to be shown to it. */
    static String shown(String name) {
        return name.length() <= SHOWN_NAME_CHARS ? name : name.substring(0, SHOWN_NAME_CHARS) + "...";
    }
}
