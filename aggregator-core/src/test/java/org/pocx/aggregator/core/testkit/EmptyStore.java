package org.pocx.aggregator.core.testkit;

import java.time.Instant;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;

/** A store in which nothing is found: for tests that are about what is written. */
public interface EmptyStore extends SubmissionStore {
    @Override
    default StoredFarm load(Instant now) {
        return StoredFarm.EMPTY;
    }

    @Override
    default void close() {}
}
