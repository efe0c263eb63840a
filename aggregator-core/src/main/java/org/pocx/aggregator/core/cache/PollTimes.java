package org.pocx.aggregator.core.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When questions were asked and answered, and by that whether another one may be asked. All times are of the monotonic
 * clock, in nanoseconds. Not thread-safe: the cache's monitor guards it.
 */
final class PollTimes {
    /** Polls beside one that hangs: the first few soon, as one lost answer is the usual case. */
    static final long SOON_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long LATER_NANOS = Duration.ofSeconds(4).toNanos();
    private static final int POLLS_SOON = 4;
    private static final int MAX_IN_FLIGHT = 12;

    /** An upstream that has not answered for that long is away, whatever its time limit says. */
    private static final long OVERDUE_NANOS = Duration.ofSeconds(4).toNanos();

    private final long intervalNanos;
    private final List<Long> inFlight = new ArrayList<>();
    private @Nullable Long lastAsked;
    private @Nullable Long lastExtra;
    private @Nullable Long lastAnswered;
    private boolean wanted;

    PollTimes(Duration interval) {
        this.intervalNanos = interval.toNanos();
    }

    /** Whether the last question was asked that long ago, or half a tick less. */
    boolean isDue(Duration wanted, long now) {
        return lastAsked == null || now - lastAsked >= wanted.toNanos() - intervalNanos / 2;
    }

    /** Whether the question that is due by the interval may be asked. */
    boolean regularMayGo(long now) {
        if (inFlight.isEmpty()) {
            return true;
        }
        long apart = inFlight.size() < POLLS_SOON ? SOON_NANOS : LATER_NANOS;
        return inFlight.size() < MAX_IN_FLIGHT && now - inFlight.getLast() >= apart;
    }

    /** Somebody needs to know sooner: the next question serves him. */
    void want() {
        wanted = true;
    }

    /** Whether an extra question is wanted and may be asked, which is once an interval; if so, it counts as asked. */
    boolean extraGoes(long now) {
        boolean early = lastExtra != null && now - lastExtra < intervalNanos;
        boolean goes = wanted && !early && inFlight.size() < MAX_IN_FLIGHT;
        if (goes) {
            lastExtra = now;
        }
        return goes;
    }

    void asked(Long asked) {
        inFlight.add(asked);
        lastAsked = asked;
        wanted = false;
    }

    /** The question of that time is not in flight any more. */
    void ended(Long asked) {
        inFlight.remove(asked);
    }

    /** Takes note of an answer; false when a question that was asked later has been answered already. */
    boolean isNews(Long asked) {
        if (lastAnswered != null && asked - lastAnswered < 0) {
            return false;
        }
        lastAnswered = asked;
        return true;
    }

    /** Whether the extra question of this interval has been answered. */
    boolean extraAnswered(long now) {
        return lastExtra != null
                && lastAnswered != null
                && lastAnswered - lastExtra >= 0
                && now - lastExtra < intervalNanos;
    }

    /** When the oldest question without an answer was asked, if that is too long ago; else null. */
    @Nullable
    Long overdue(long now) {
        if (inFlight.isEmpty()) {
            return null;
        }
        Long oldest = inFlight.getFirst();
        boolean answeredSince = lastAnswered != null && lastAnswered - oldest > 0;
        return !answeredSince && now - oldest >= OVERDUE_NANOS ? oldest : null;
    }
}
