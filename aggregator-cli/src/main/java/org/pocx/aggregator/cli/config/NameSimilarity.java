package org.pocx.aggregator.cli.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that is most similar to a misspelled one. */
public final class NameSimilarity {
    private static final int FAR = Integer.MAX_VALUE;
    private static final int CONTAINED = 2;
    private static final int OTHER_SECTION = 3;
    private static final int LEAST_PART = 3;
    private static final int LEAST_PART_OF_OTHER_SECTION = 5;

    private NameSimilarity() {}

    /** Returns the known word with the smallest edit distance; empty when no word is known. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt(candidate -> edits(word, candidate)));
    }

    /**
     * Returns the most similar known path; empty when none is similar. Paths of the same section are preferred. Names that
     * contain the given name, or are part of it, are preferred to names with a similar spelling. Case is ignored.
     */
    static Optional<String> nearestPath(String path, Collection<String> known) {
        String word = path.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> distance(word, candidate) < FAR)
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparingInt(candidate -> edits(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int distance(String path, String candidate) {
        boolean sameSection = section(path).equals(section(candidate));
        // In another section a few common letters mean nothing.
        int least = sameSection || section(path).isEmpty() ? LEAST_PART : LEAST_PART_OF_OTHER_SECTION;
        int names = nameDistance(last(path), last(candidate), least);
        return names == FAR ? FAR : names + (sameSection ? 0 : OTHER_SECTION);
    }

    private static int nameDistance(String name, String candidate, int leastPart) {
        if (name.equals(candidate)) {
            return 0;
        }
        String part = name.length() < candidate.length() ? name : candidate;
        String whole = name.length() < candidate.length() ? candidate : name;
        if (part.length() >= leastPart && whole.contains(part)) {
            return CONTAINED;
        }
        int edits = edits(name, candidate);
        return edits <= (name.length() + 1) / 3 ? 2 * edits : FAR;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String section(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    /** Returns the Levenshtein distance, computed row by row: the number of letters to insert, remove or replace. */
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
