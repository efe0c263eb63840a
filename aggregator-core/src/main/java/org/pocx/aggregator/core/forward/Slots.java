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
final class Slots {
    private final int max;
    private final List<Attempt> running = new ArrayList<>();

    Slots(int max) {
        this.max = max;
    }

    /** @param hopefulWait whether lanes wait of which no time-out is known: those that timed out then stand back */
    boolean hasRoomFor(Health health, boolean hopefulWait) {
        if (running.size() >= max) {
            return false;
        }
        return switch (health) {
            case PROVEN -> true;
            case UNKNOWN -> count(Health.UNKNOWN) + count(Health.TIMED_OUT) < placesOfDoubtful();
            case TIMED_OUT -> count(Health.TIMED_OUT) < Math.max(1, max / (hopefulWait ? 8 : 2));
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
    void makePlace(Collection<Ticket> waiting, Patience patience, long now) {
        boolean hopefulWait = waiting.stream().anyMatch(ticket -> ticket.health() != Health.TIMED_OUT);
        boolean othersWait = waiting.stream().anyMatch(ticket -> ticket.health() == Health.TIMED_OUT);
        long mayHang = max == 1 ? 0 : max / 2;
        Set<Health> givenUp = EnumSet.noneOf(Health.class);
        for (Attempt attempt : running) {
            Health health = attempt.health();
            long age = now - attempt.startedNanos();
            if (attempt.isCutShort() || age < patience.nanos(health, now)) {
                continue;
            }
            boolean mayGoOn = health == Health.TIMED_OUT && mayHang-- > 0;
            boolean isDue = mayGoOn ? othersWait && age >= patience.nanos(health, attempt.strikes(), now) : hopefulWait;
            boolean isGivenUp = isDue && patience.isOver(health, now);
            if (isGivenUp || waiting.stream().anyMatch(ticket -> goesBefore(ticket, attempt))) {
                attempt.cutShort();
            }
            if (isGivenUp) {
                givenUp.add(health);
            }
        }
        givenUp.forEach(health -> patience.gaveUp(health, now));
    }

    private static boolean goesBefore(Ticket ticket, Attempt attempt) {
        return ticket.lane() == attempt.lane()
                || ticket.recency() > attempt.lane().round().recency();
    }

    /** The oldest attempt of a lane, if it started by then. */
    Optional<Attempt> oldestOf(Lane lane, long startedBefore) {
        return running.stream()
                .filter(attempt -> attempt.lane() == lane && attempt.startedNanos() - startedBefore <= 0)
                .findFirst();
    }

    /** Whether one more confirmed nonce may be sent again: a quarter of the slots, at least one, is for those. */
    boolean hasRoomForResend() {
        return running.size() < max
                && running.stream().filter(Attempt::isResend).count() < Math.max(1, max / 4);
    }

    private long count(Health health) {
        return running.stream().filter(attempt -> attempt.health() == health).count();
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
