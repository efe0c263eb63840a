package org.pocx.aggregator.core.mining;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Converts a name that a peer chose into one that is short and printable, without merging two different names. */
final class SafeName {
    /** 48 bits: among 20,000 names the chance of one collision is below one in a million. */
    private static final int HASH_BYTES = 6;

    private static final int SUFFIX_CHARS = 1 + 2 * HASH_BYTES;

    private SafeName() {}

    /** Returns the name itself if it fits, else its beginning without control characters, followed by its hash. */
    static String of(String name, int maxChars) {
        if (name.length() <= maxChars && !hasControls(name)) {
            return name;
        }
        return printable(start(name, maxChars - SUFFIX_CHARS)) + '~' + hash(name);
    }

    private static boolean hasControls(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The first characters, without the first half of a surrogate pair at the end. */
    private static String start(String name, int chars) {
        if (name.length() <= chars) {
            return name;
        }
        return name.substring(0, Character.isHighSurrogate(name.charAt(chars - 1)) ? chars - 1 : chars);
    }

    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            if (Character.isISOControl(clean.charAt(i))) {
                clean.setCharAt(i, '?');
            }
        }
        return clean.toString();
    }

    /** Of the UTF-16 code units: an encoder would replace unpaired surrogates, and so merge names that differ in them. */
    private static String hash(String name) {
        MessageDigest digest = sha256();
        for (int i = 0; i < name.length(); i++) {
            digest.update((byte) (name.charAt(i) >> 8));
            digest.update((byte) name.charAt(i));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
