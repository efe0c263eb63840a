package org.pocx.aggregator.proof;

import java.util.HexFormat;

/** Reads what is given in hexadecimal digits. */
final class Bytes {
    private Bytes() {}

    /**
     * Returns the bytes that the digits stand for.
     *
     * @param name what the digits are, for the message
     * @throws IllegalArgumentException if they are not digits, or not as many
     */
    static byte[] ofHex(String name, String digits, int bytes) {
        if (digits.length() != 2 * bytes || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(name + " must have " + 2 * bytes + " hexadecimal digits");
        }
        return HexFormat.of().parseHex(digits);
    }
}
