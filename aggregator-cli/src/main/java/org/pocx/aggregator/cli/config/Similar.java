package org.pocx.aggregator.cli.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class Similar {
    private Similar() {}

    /** The known word with the fewest edits from the given one; empty when none is known. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt(candidate -> edits(word, candidate)));
    }

    /**
     * The known dotted path nearest to the given one. The last name counts by itself too, so that a key in the wrong
     * section finds its right one.
     */
    static Optional<String> nearestPath(String path, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt(candidate -> pathEdits(path, candidate)));
    }

    private static int pathEdits(String path, String candidate) {
        return Math.min(edits(path, candidate), edits(last(path), last(candidate)) + 1);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** How many letters to insert, remove or replace: Levenshtein's distance, row by row. */
    public static int edits(String a, String b) {
        int[] above = new int[b.length() + 1];
        Arrays.setAll(above, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
