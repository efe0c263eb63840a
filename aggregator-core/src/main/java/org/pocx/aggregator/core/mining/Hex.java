package org.pocx.aggregator.core.mining;

import java.util.Locale;
import java.util.Objects;

/** Hexadecimal ids of the protocol: fixed lengths, compared in lower case. */
final class Hex {
    /** Length of a block hash, generation signature or seed: 32 bytes. */
    static final int HASH_CHARS = 64;

    /** Length of an account id: the 20-byte payload of an address. */
    static final int ACCOUNT_CHARS = 40;

    private Hex() {}

    /** The value in lower case; throws {@link InvalidFieldException} unless it has exactly that many ASCII hex digits. */
    static String require(String field, String value, int chars) {
        Objects.requireNonNull(value, field);
        if (value.length() != chars) {
            throw invalid(field, chars);
        }
        boolean upper = false;
        for (int i = 0; i < chars; i++) {
            char c = value.charAt(i);
            if (c >= 'A' && c <= 'F') {
                upper = true;
            } else if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                throw invalid(field, chars);
            }
        }
        return upper ? value.toLowerCase(Locale.ROOT) : value;
    }

    private static InvalidFieldException invalid(String field, int chars) {
        return new InvalidFieldException(field, "must be " + chars + " hex characters");
    }
}
