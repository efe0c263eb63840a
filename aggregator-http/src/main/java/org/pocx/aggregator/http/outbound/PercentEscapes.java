package org.pocx.aggregator.http.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Percent escapes in the user information of a URL (RFC 3986), in UTF-8. */
final class PercentEscapes {
    private static final String UNRESERVED = "-._~";

    private PercentEscapes() {}

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    static String encode(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : utf8(text)) {
            if (isAlphanumeric(b) || UNRESERVED.indexOf(b) >= 0) {
                out.append((char) b);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }

    private static boolean isAlphanumeric(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }

    /** @throws IllegalArgumentException when two hexadecimal digits do not follow a percent sign */
    static String decode(String text) {
        byte[] bytes = utf8(text);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.write(bytes[i]);
            } else {
                out.write(escaped(bytes, i));
                i += 2;
            }
        }
        return out.toString(UTF_8);
    }

    private static int escaped(byte[] bytes, int percent) {
        if (percent + 2 >= bytes.length
                || !HexFormat.isHexDigit(bytes[percent + 1])
                || !HexFormat.isHexDigit(bytes[percent + 2])) {
            throw new IllegalArgumentException("a percent sign in user or password must be written %25");
        }
        return HexFormat.fromHexDigit(bytes[percent + 1]) * 16 + HexFormat.fromHexDigit(bytes[percent + 2]);
    }
}
