package org.pocx.aggregator.core.forward;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The places for attempts in flight, and who may have them: lanes whose last attempt timed out share at most half, and
 * together with lanes of which nothing is known yet at most three quarters, so that accounts which hang leave room for
 * those that do not; while others wait, an eighth has to do for them. Not thread-safe: the {@link Dispatcher} guards it.
 */
final class AttemptsInFlight {
    private final int max;
    private final List<Attempt> running = new ArrayList<>();

    AttemptsInFlight(int max) {
        this.max = max;
    }

    /** @param hopefulWait whether lanes wait of which no time-out is known: those that timed out then stand back */
    boolean hasRoomFor(KeyStatus status, boolean hopefulWait) {
        if (running.size() >= max) {
            return false;
        }
        return switch (status) {
            case PROVEN -> true;
            case UNKNOWN -> count(KeyStatus.UNKNOWN) + count(KeyStatus.TIMED_OUT) < placesOfDoubtful();
            case TIMED_OUT -> count(KeyStatus.TIMED_OUT) < Math.max(1, max / (hopefulWait ? 8 : 2));
        };
    }

    /**
     * Cuts attempts short so that those who wait get their turn. Only old ones, and of these:
     *
     * <ul>
     *   <li>one of a lane that has something better to send,
     *   <li>one of an older round than the one that waits,
     *   <li>when no lane of its health was answered for a while: all but those that may hang, which are the lanes that
     *       timed out before, up to their half, until others of them wait.
     * </ul>
     *
     * @param waiting what has no slot: the first of each line
     */
    void makePlace(Collection<SlotRequest> waiting, AdaptiveTimeout timeout, long now) {
        boolean hopefulWait = waiting.stream().anyMatch(request -> request.status() != KeyStatus.TIMED_OUT);
        boolean othersWait = waiting.stream().anyMatch(request -> request.status() == KeyStatus.TIMED_OUT);
        long mayHang = max == 1 ? 0 : max / 2;
        Set<KeyStatus> givenUp = EnumSet.noneOf(KeyStatus.class);
        for (Attempt attempt : running) {
            KeyStatus status = attempt.status();
            long age = now - attempt.startedNanos();
            if (attempt.isCutShort() || age < timeout.nanos(status, now)) {
                continue;
            }
            boolean mayGoOn = status == KeyStatus.TIMED_OUT && mayHang-- > 0;
            boolean isDue = mayGoOn ? othersWait && age >= timeout.nanos(status, attempt.strikes(), now) : hopefulWait;
            boolean isGivenUp = isDue && timeout.isOver(status, now);
            if (isGivenUp || waiting.stream().anyMatch(request -> goesBefore(request, attempt))) {
                attempt.cutShort();
            }
            if (isGivenUp) {
                givenUp.add(status);
            }
        }
        givenUp.forEach(status -> timeout.gaveUp(status, now));
    }

    private static boolean goesBefore(SlotRequest request, Attempt attempt) {
        return request.lane() == attempt.lane()
                || request.recency() > attempt.lane().round().recency();
    }

    /** The oldest attempt of a lane, if it started by then. */
    Optional<Attempt> oldestOf(LaneRunner lane, long startedBefore) {
        return running.stream()
                .filter(attempt -> attempt.lane() == lane && attempt.startedNanos() - startedBefore <= 0)
                .findFirst();
    }

    /** Whether one more confirmed nonce may be sent again: a quarter of the slots, at least one, is for those. */
    boolean hasRoomForResend() {
        return running.size() < max
                && running.stream().filter(Attempt::isResend).count() < Math.max(1, max / 4);
    }

    private long count(KeyStatus status) {
        return running.stream().filter(attempt -> attempt.status() == status).count();
    }

    /** One more than those that time out may have, where there are two slots at all. */
    private int placesOfDoubtful() {
        return Math.min(max, Math.max(max / 2 + 1, max * 3 / 4));
    }

    /** Attempts are added as they start, so that the oldest is first. */
    void add(Attempt attempt) {
        running.add(attempt);
    }

    void remove(Attempt attempt) {
        running.remove(attempt);
    }

    int inFlight() {
        return running.size();
    }

    int max() {
        return max;
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    List<Attempt> all() {
        return List.copyOf(running);
    }
}
