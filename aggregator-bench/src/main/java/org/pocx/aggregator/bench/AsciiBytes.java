package org.pocx.aggregator.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Searches for ASCII text in bytes, without converting them. */
final class AsciiBytes {
    private AsciiBytes() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The first position of the text between the two positions; -1 if it is not there. */
    static int indexOf(byte[] in, byte[] what, int from, int to) {
        for (int i = from; i <= to - what.length; i++) {
            if (in[i] == what[0] && Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }

    /** The position after the text, which must be there. */
    static int endOf(byte[] what, byte[] in) {
        return indexOf(in, what, 0, in.length) + what.length;
    }
}
