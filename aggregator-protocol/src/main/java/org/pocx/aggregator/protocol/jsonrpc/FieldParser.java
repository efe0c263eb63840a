package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.pocx.aggregator.core.mining.InvalidFieldException;

/** Parses the current value of a JSON parser as a field of the protocol. Its exceptions name the field. */
final class FieldParser {
    private static final int MAX_BYTE = 255;

    private FieldParser() {}

    /** Parses a u64: a JSON integer, or a string of decimal digits, which some pools and miners send. */
    static long u64(String field, JsonParser parser) throws IOException {
        if (isInteger(parser)) {
            char[] chars = parser.getTextCharacters();
            int from = parser.getTextOffset();
            int length = parser.getTextLength();
            if (length > 0) {
                return u64(field, chars, from, from + length);
            }
        }
        throw notU64(field);
    }

    /** Parses an integer from 0 to 255, in the forms of {@link #u64}. */
    static int u8(String field, JsonParser parser) throws IOException {
        try {
            long value = u64(field, parser);
            if (value >= 0 && value <= MAX_BYTE) {
                return (int) value;
            }
        } catch (InvalidFieldException notAU64) {
            throw notU8(field);
        }
        throw notU8(field);
    }

    static String string(String field, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new InvalidFieldException(field, "must be a string");
        }
        return parser.getText();
    }

    private static boolean isInteger(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING;
    }

    private static long u64(String field, char[] chars, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = chars[i] - '0';
            if (digit < 0 || digit > 9 || overflows(value, digit)) {
                throw notU64(field);
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Returns whether value * 10 + digit exceeds 2^64-1, which is 1844674407370955161 * 10 + 5. */
    private static boolean overflows(long value, int digit) {
        int order = Long.compareUnsigned(value, 1_844_674_407_370_955_161L);
        return order > 0 || (order == 0 && digit > 5);
    }

    private static InvalidFieldException notU64(String field) {
        return new InvalidFieldException(field, "must be an integer from 0 to 18446744073709551615");
    }

    private static InvalidFieldException notU8(String field) {
        return new InvalidFieldException(field, "must be an integer from 0 to 255");
    }
}
