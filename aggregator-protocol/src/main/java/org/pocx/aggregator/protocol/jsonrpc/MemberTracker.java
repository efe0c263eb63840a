package org.pocx.aggregator.protocol.jsonrpc;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.InvalidFieldException;

/**
 * Tracks which members of a JSON object have been read, to detect duplicates and missing ones. Expected names take one bit
 * each, others a place in a set. Not thread-safe.
 */
final class MemberTracker {
    private final List<String> expected;
    private int seen;
    private @Nullable Set<String> others;

    /** @param expected at most 31 names */
    MemberTracker(List<String> expected) {
        this.expected = expected;
    }

    /** Records a name; returns false when it has been recorded before. */
    boolean add(String name) {
        int index = expected.indexOf(name);
        if (index < 0) {
            return addOther(name);
        }
        int before = seen;
        seen |= 1 << index;
        return seen != before;
    }

    private boolean addOther(String name) {
        Set<String> set = others;
        if (set == null) {
            set = new HashSet<>();
            others = set;
        }
        return set.add(name);
    }

    /**
     * Records a name.
     *
     * @throws InvalidFieldException when it has been recorded before
     */
    void addUnique(String name) {
        if (!add(name)) {
            throw new InvalidFieldException(JsonText.shortened(name), "is there twice");
        }
    }

    /** @throws InvalidFieldException when an expected name is missing; it is for the first of them */
    void requireAll() {
        int index = Integer.numberOfTrailingZeros(~seen);
        if (index < expected.size()) {
            throw new InvalidFieldException(expected.get(index), "is missing");
        }
    }
}
