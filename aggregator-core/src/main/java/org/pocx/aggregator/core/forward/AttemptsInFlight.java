package org.pocx.aggregator.core.forward;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pocx.aggregator.core.forward.SlotRequest.Kind;

/**
 * The slots of the upstream: lanes that timed out share at most half, and nonces that are sent again at most a quarter. Not
 * thread-safe: the {@link Dispatcher} owns it.
 */
final class AttemptsInFlight {
    private final int max;
    private final List<Attempt> running = new ArrayList<>();

    AttemptsInFlight(int max) {
        this.max = max;
    }

    boolean hasRoomFor(Kind kind) {
        return running.size() < max && count(kind) < max(kind);
    }

    private int max(Kind kind) {
        return switch (kind) {
            case NEW -> max;
            case AFTER_TIMEOUT -> Math.max(1, max / 2);
            case RESEND -> Math.max(1, max / 4);
        };
    }

    private long count(Kind kind) {
        return running.stream()
                .filter(attempt -> attempt.request().kind() == kind)
                .count();
    }

    /** Removes and returns all: they are sent to an upstream that is not the active one any more. */
    List<Attempt> removeAll() {
        List<Attempt> all = List.copyOf(running);
        running.clear();
        return all;
    }

    /**
     * Ends attempts early that may hang, so that the requests which wait get their turn: attempts of a lane that has something
     * better to send, attempts of an older round than a request's, and when nothing was answered for a while, all others.
     *
     * @param waiting requests without a slot, the first ones
     * @param spared how many of the oldest attempts are not ended for others: they show whether the upstream gives verdicts
     */
    void endSlow(Collection<SlotRequest> waiting, int spared, AdaptiveTimeout timeout, long now) {
        boolean isNewWaiting = waiting.stream().anyMatch(request -> request.kind() == Kind.NEW);
        int left = spared;
        for (Attempt attempt : running) {
            long age = now - attempt.startedNanos();
            if (attempt.isCutShort() || age < timeout.nanos()) {
                continue;
            }
            if (left > 0 && attempt.request().kind() != Kind.RESEND) {
                left--;
                continue;
            }
            boolean mayHang = timeout.isSilent(now)
                    && (isNewWaiting || age >= timeout.nanos(attempt.request().timeouts()));
            if (mayHang || waiting.stream().anyMatch(request -> goesBefore(request, attempt.request()))) {
                attempt.cutShort();
            }
        }
    }

    private static boolean goesBefore(SlotRequest waiting, SlotRequest running) {
        return (waiting.lane() == running.lane() && waiting.lane().needsOnlyBest())
                || waiting.recency() > running.lane().round().recency();
    }

    /** The oldest attempt of a lane, if it started by then. */
    Optional<Attempt> oldestOf(LaneRunner lane, long startedBefore) {
        return running.stream()
                .filter(attempt -> attempt.request().lane() == lane && attempt.startedNanos() - startedBefore <= 0)
                .findFirst();
    }

    /** Attempts are added as they start, so that the oldest is first. */
    void add(Attempt attempt) {
        running.add(attempt);
    }

    void remove(Attempt attempt) {
        running.remove(attempt);
    }

    int count() {
        return running.size();
    }

    int max() {
        return max;
    }

    List<Attempt> all() {
        return List.copyOf(running);
    }
}
