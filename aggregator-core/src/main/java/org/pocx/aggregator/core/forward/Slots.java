package org.pocx.aggregator.core.forward;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The places for attempts in flight, and who may have them: lanes whose last attempt timed out share at most half, and
 * together with lanes of which nothing is known yet at most three quarters, so that accounts which hang leave room for
 * those that do not. Not thread-safe: the {@link Dispatcher} guards it.
 */
final class Slots {
    private final int max;
    private final long patienceNanos;
    private final List<Attempt> running = new ArrayList<>();

    /** @param patienceNanos an attempt that runs for longer counts as one that times out */
    Slots(int max, long patienceNanos) {
        this.max = max;
        this.patienceNanos = patienceNanos;
    }

    boolean hasRoomFor(Health health, long now) {
        if (running.size() >= max) {
            return false;
        }
        long slow = running.stream().filter(attempt -> isSlow(attempt, now)).count();
        return switch (health) {
            case PROVEN -> true;
            case UNKNOWN -> count(Health.UNKNOWN) + count(Health.TIMED_OUT) < atLeastOne(max * 3 / 4);
            case TIMED_OUT -> slow < atLeastOne(max / 2);
        };
    }

    /** The attempt to cut short while others wait for a slot: of the slow ones beyond their half, the oldest. */
    Optional<Attempt> toCutShort(long now) {
        List<Attempt> slow =
                running.stream().filter(attempt -> isSlow(attempt, now)).toList();
        return slow.size() <= atLeastOne(max / 2)
                ? Optional.empty()
                : slow.stream().min(Comparator.comparingLong(attempt -> attempt.startedNanos() - now));
    }

    /** The oldest slow attempt of a lane. */
    Optional<Attempt> slowestOf(Lane lane, long now) {
        return running.stream()
                .filter(attempt -> attempt.lane() == lane && isOld(attempt, now))
                .min(Comparator.comparingLong(attempt -> attempt.startedNanos() - now));
    }

    private boolean isSlow(Attempt attempt, long now) {
        return attempt.health() == Health.TIMED_OUT || isOld(attempt, now);
    }

    private boolean isOld(Attempt attempt, long now) {
        return now - attempt.startedNanos() >= patienceNanos;
    }

    private long count(Health health) {
        return running.stream().filter(attempt -> attempt.health() == health).count();
    }

    private static int atLeastOne(int share) {
        return Math.max(1, share);
    }

    void add(Attempt attempt) {
        running.add(attempt);
    }

    void remove(Attempt attempt) {
        running.remove(attempt);
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    List<Attempt> all() {
        return List.copyOf(running);
    }
}
