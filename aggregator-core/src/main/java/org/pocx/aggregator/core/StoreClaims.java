package org.pocx.aggregator.core;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.pocx.aggregator.core.store.SubmissionStore;

/**
 * Which stores belong to an aggregator of this JVM: two on one store would send nonces twice and forget each other's. This
 * is the only thing that aggregators share, and it holds no store that nobody else holds. Thread-safe.
 */
final class StoreClaims {
    private static final Set<SubmissionStore> CLAIMED =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private StoreClaims() {}

    /** @throws IllegalStateException when the store belongs to another aggregator, which is not closed yet */
    static void claim(SubmissionStore store) {
        if (!CLAIMED.add(store)) {
            throw new IllegalStateException(
                    "cannot build an aggregator: its store belongs to another aggregator. Give each"
                            + " aggregator its own store, or close the other aggregator first");
        }
    }

    static void release(SubmissionStore store) {
        CLAIMED.remove(store);
    }
}
