package org.pocx.aggregator.core.mining;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.IntPredicate;

/**
 * Converts a name that a peer chose into one that is short and printable, without merging two different names. Not printable
 * are control characters, the separators of lines and paragraphs, those that change the direction of the text around them,
 * and those that have no width.
 */
final class SafeName {
    /** 48 bits: among 20,000 names the chance of one collision is below one in a million. */
    private static final int HASH_BYTES = 6;

    private static final int SUFFIX_CHARS = 1 + 2 * HASH_BYTES;

    private static final String DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";
    private static final String SEPARATORS = "\u2028\u2029";
    private static final String INVISIBLE = "\u200b\u2060\ufeff";
    private static final int SOFT_HYPHEN = 0xad;

    private SafeName() {}

    /** Returns the name itself if it fits, else its beginning with question marks for what is not printable, and its hash. */
    static String of(String name, int maxChars) {
        return of(name, maxChars, SafeName::isUnprintable);
    }

    /** As {@link #of}, without slashes as well. */
    static String withoutSlash(String name, int maxChars) {
        return of(name, maxChars, c -> c == '/' || isUnprintable(c));
    }

    private static String of(String name, int maxChars, IntPredicate unwanted) {
        if (name.length() <= maxChars && !holds(name, unwanted)) {
            return name;
        }
        return printable(start(name, maxChars - SUFFIX_CHARS), unwanted) + '~' + hash(name);
    }

    /** A plain loop for speed: it runs for each request. */
    private static boolean holds(String name, IntPredicate unwanted) {
        for (int i = 0; i < name.length(); i++) {
            if (unwanted.test(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnprintable(int c) {
        return Character.isISOControl(c)
                || c == SOFT_HYPHEN
                || (c > 0xff
                        && (DIRECTIONS.indexOf(c) >= 0 || SEPARATORS.indexOf(c) >= 0 || INVISIBLE.indexOf(c) >= 0));
    }

    /** The first characters, without the first half of a surrogate pair at the end. */
    private static String start(String name, int chars) {
        if (name.length() <= chars) {
            return name;
        }
        return name.substring(0, Character.isHighSurrogate(name.charAt(chars - 1)) ? chars - 1 : chars);
    }

    private static String printable(String text, IntPredicate unwanted) {
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            if (unwanted.test(clean.charAt(i))) {
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
