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

/** Reads and writes JSON text, with limits for the input of peers. */
final class JsonText {
    /** The maximum nesting of arrays and objects. */
    static final int MAX_DEPTH = 32;

    /** The maximum length of a number, in characters. */
    static final int MAX_NUMBER_CHARS = 1_000;

    private static final int MAX_NAME_CHARS = 40;
    private static final int POOLED_BUFFERS = 64;
    private static final int POOLED_CHARS = 4_000;

    /**
     * Member names are neither cached nor interned, so that a peer that sends random names cannot fill the memory. The
     * buffers are pooled here instead of in thread locals, because a virtual thread serves only one request.
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

    private JsonText() {}

    /**
     * Decodes strictly. The parser's own decoding of bytes would detect UTF-16 and accept overlong forms.
     *
     * @throws CharacterCodingException when the bytes are not valid UTF-8
     */
    static String decodeUtf8(byte[] bytes) throws CharacterCodingException {
        return isAscii(bytes)
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /** ASCII is the usual case, and needs no decoder with its buffers. */
    private static boolean isAscii(byte[] bytes) {
        int bits = 0;
        for (byte b : bytes) {
            bits |= b;
        }
        return bits >= 0;
    }

    /** The factory copies a short text to a pooled buffer; it would read a longer text in parts. */
    static JsonParser parser(String text) throws IOException {
        return text.length() <= POOLED_CHARS
                ? FACTORY.createParser(text)
                : FACTORY.createParser(text.toCharArray());
    }

    /** Returns the text of the value that begins at the parser's current token, and moves the parser to its last token. */
    static RawJson slice(JsonParser parser, String text) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return new RawJson(text.substring(from, (int) parser.currentLocation().getCharOffset()));
    }

    /** Returns the text as a JSON string with its quotes. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        quote(text, out);
        return out.toString();
    }

    /** Appends the text as a JSON string with its quotes. */
    static void quote(String text, StringBuilder out) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    /** Shortens a member name of a peer for an error message. */
    static String shortened(String name) {
        return name.length() <= MAX_NAME_CHARS ? name : name.substring(0, MAX_NAME_CHARS) + "...";
    }
}
