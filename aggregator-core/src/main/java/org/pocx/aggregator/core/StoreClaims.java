package org.pocx.aggregator.core;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.pocx.aggregator.core.store.SubmissionStore;

/**
 * Which stores belong to an aggregator of this JVM: two on one store would send nonces twice and forget each other's. This
 * is the only thing that aggregators share. Stores that are equal are not the same. Thread-safe.
 */
final class StoreClaims {
    private static final Set<SubmissionStore> CLAIMED =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    private StoreClaims() {}

    /**
     * {@return the store, which belongs to the caller from now on}
     *
     * @throws IllegalStateException when the store belongs to another aggregator, which is not closed yet
     */
    static SubmissionStore claim(SubmissionStore store) {
        if (!CLAIMED.add(store)) {
            throw new IllegalStateException(
                    "cannot build an aggregator: its store belongs to another aggregator. Give each"
                            + " aggregator its own store, or close the other aggregator first");
        }
        return store;
    }

    static void release(SubmissionStore store) {
        CLAIMED.remove(store);
    }
}
