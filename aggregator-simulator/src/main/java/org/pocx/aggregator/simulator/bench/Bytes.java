package org.pocx.aggregator.simulator.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts within bytes, without making texts of them. */
final class Bytes {
    private Bytes() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where it begins first between the two positions; -1 where it is not. */
    static int indexOf(byte[] in, byte[] what, int from, int to) {
        for (int i = from; i <= to - what.length; i++) {
            if (in[i] == what[0] && Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }

    /** As {@link #indexOf}, for a text in lower case within bytes of any. */
    static int indexOfAnyCase(byte[] in, byte[] what, int from, int to) {
        for (int i = from; i <= to - what.length; i++) {
            if (equalAnyCase(in, i, what)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean equalAnyCase(byte[] in, int at, byte[] what) {
        for (int i = 0; i < what.length; i++) {
            if (Character.toLowerCase(in[at + i]) != what[i]) {
                return false;
            }
        }
        return true;
    }
}
