package org.pocx.aggregator.protocol.client;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes any text as the value of a header, without merging two different texts. */
final class HeaderText {
    private HeaderText() {}

    /** Returns the text in UTF-8, with percent escapes for all that is not visible ASCII, for blanks and for percent signs. */
    static String of(String text) {
        StringBuilder value = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '%') {
                value.append((char) b);
            } else {
                value.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return value.toString();
    }
}
