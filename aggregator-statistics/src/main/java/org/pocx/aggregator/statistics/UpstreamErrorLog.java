package org.pocx.aggregator.statistics;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.pocx.aggregator.statistics.FarmSnapshot.UpstreamError;

/** The last errors of the upstream, newest first; repeated errors are counted. Thread-safe; guarded by its monitor. */
final class UpstreamErrorLog {
    private static final int MAX = 20;

    private final InstantSource clock;
    private final Deque<UpstreamError> errors = new ArrayDeque<>();

    UpstreamErrorLog(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void add(String words) {
        Instant now = clock.instant();
        UpstreamError last = errors.peekFirst();
        if (last != null && last.words().equals(words)) {
            errors.removeFirst();
            errors.addFirst(new UpstreamError(now, words, last.times() + 1));
            return;
        }
        errors.addFirst(new UpstreamError(now, words, 1));
        if (errors.size() > MAX) {
            errors.removeLast();
        }
    }

    synchronized List<UpstreamError> latest() {
        return List.copyOf(errors);
    }
}
