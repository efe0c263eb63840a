package org.pocx.aggregator.dashboard.api;

import java.util.Locale;

/** Hexadecimal text, which comes in either case and is kept in one. */
final class Hex {
    private Hex() {}

    static String lower(String hex) {
        return hex.toLowerCase(Locale.ROOT);
    }
}
