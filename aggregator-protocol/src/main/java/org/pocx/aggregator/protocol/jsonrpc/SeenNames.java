package org.pocx.aggregator.protocol.jsonrpc;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which members of an object have come. Those that are expected cost a bit each, others a set. For one thread. */
final class SeenNames {
    private final List<String> expected;
    private int seen;
    private @Nullable Set<String> others;

    /** @param expected 31 names at most */
    SeenNames(List<String> expected) {
        this.expected = expected;
    }

    /** Takes note of a name; false when it has come before. */
    boolean add(String name) {
        int place = expected.indexOf(name);
        if (place < 0) {
            return addOther(name);
        }
        int before = seen;
        seen |= 1 << place;
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

    /** The first expected name that has not come, or null. */
    @Nullable
    String missing() {
        int place = Integer.numberOfTrailingZeros(~seen);
        return place < expected.size() ? expected.get(place) : null;
    }
}
