package org.pocx.aggregator.statistics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * In which rounds one machine was there, and in which it sent a nonce. Rounds are numbered as they begin.
 *
 * <p>Thread-safe: its monitor guards all but the two round numbers, which requests write without a lock.
 */
final class Presence {
    /** Rounds over which the share of rounds with a nonce is remembered. */
    private static final double MEMORY = 64;

    private static final double FADE = 1 - 1 / MEMORY;

    /** A machine that sends nonces goes so long without one by chance once in so many times. */
    private static final double BY_CHANCE = 1e-6;

    /** A visitor who asks once is no machine. */
    private static final int ROUNDS_OF_A_REGULAR = 2;

    /** More than anybody counts. */
    private static final int MAX_MISSED = 1_000_000;

    private enum Silence {
        /** No request at all. */
        UNSEEN,
        /** It polls, and sends nothing, which it used to. */
        IDLE
    }

    /** Rounds up to here are not held against it: it joined in their course, or we did. */
    private final long excusedUpTo;

    private volatile long seenIn;
    private volatile long submittedIn;

    private int roundsSeen;
    private int missed;
    private int unseen;
    private int idle;
    private double roundsJudged;
    private double roundsWithNonce;
    private @Nullable Long restoredHeight;

    private volatile @Nullable Silence silence;
    private boolean told;
    private long quietSinceNanos;
    private long submittedNanos;

    /** @param round the number of the current round */
    Presence(long round, long nanos) {
        this.excusedUpTo = Math.max(1, round);
        this.submittedNanos = nanos;
    }

    /** A row of the history: an earlier run had a nonce of it at that u64 height. */
    synchronized void restoredBest(long height) {
        if (restoredHeight == null || Long.compareUnsigned(height, restoredHeight) > 0) {
            restoredHeight = height;
        }
    }

    synchronized @Nullable Long restoredHeight() {
        return restoredHeight;
    }

    /**
     * Goes on from where the earlier run ended. One that was silent then was told then, as far as we can know: it is
     * silent, and that is not told again, nor its return.
     *
     * @param newest the highest u64 height of the history of all machines
     */
    synchronized void resume(long newest, int silentRounds, long seenNanos) {
        if (restoredHeight == null) {
            return;
        }
        long behind = newest - restoredHeight;
        missed = Long.compareUnsigned(behind, MAX_MISSED) < 0 ? (int) behind : MAX_MISSED;
        unseen = missed;
        roundsSeen = ROUNDS_OF_A_REGULAR;
        roundsJudged = 1;
        roundsWithNonce = 1;
        if (unseen >= silentRounds) {
            silence = Silence.UNSEEN;
            quietSinceNanos = seenNanos;
        }
    }

    /** It sent a request. Costs two reads as a rule. */
    void seen(long round, long nanos, MachineEntry machine, StatisticsListener listener) {
        if (seenIn != round) {
            seenIn = round;
        }
        if (silence == Silence.UNSEEN) {
            back(nanos, machine, listener);
        }
    }

    /** It sent a nonce that matches a round. */
    void submitted(long round, long nanos, MachineEntry machine, StatisticsListener listener) {
        if (submittedIn != round) {
            submittedIn = round;
            synchronized (this) {
                submittedNanos = nanos;
            }
        }
        if (silence != null) {
            back(nanos, machine, listener);
        }
    }

    private synchronized void back(long nanos, MachineEntry machine, StatisticsListener listener) {
        if (silence == null) {
            return;
        }
        silence = null;
        unseen = 0;
        idle = 0;
        if (told) {
            told = false;
            listener.on(new StatisticsEvent.MachineBack(machine.id(), Duration.ofNanos(nanos - quietSinceNanos)));
        }
    }

    /**
     * A round is over.
     *
     * @param telling whether a machine that only polled in it could have sent a nonce
     */
    synchronized void roundEnded(long round, boolean telling) {
        if (submittedIn >= round) {
            hit();
        } else if (seenIn >= round) {
            roundsSeen++;
            unseen = 0;
            if (telling && round > excusedUpTo) {
                missed++;
                idle++;
            }
        } else if (round > excusedUpTo) {
            missed++;
            unseen++;
        }
    }

    /** The rounds without a nonce before this one count from now on, not while they were a silence in the making. */
    private void hit() {
        double kept = Math.pow(FADE, idle);
        roundsJudged = (roundsJudged * kept + (1 - kept) * MEMORY) * FADE + 1;
        roundsWithNonce = roundsWithNonce * kept * FADE + 1;
        roundsSeen++;
        missed = 0;
        unseen = 0;
        idle = 0;
    }

    /**
     * Tells when it is silent now.
     *
     * @param machine whose presence this is
     * @return false when there is nothing to tell only because it was seen a moment ago
     */
    synchronized boolean judge(Rule rule, MachineEntry machine, StatisticsListener listener) {
        if (silence != null) {
            return true;
        }
        if (unseen >= rule.silentRounds && isRegular()) {
            if (rule.nanos - machine.seenNanos() < rule.leastQuietNanos) {
                return false;
            }
            silence = Silence.UNSEEN;
            quietSinceNanos = machine.seenNanos();
        } else if (idle >= rule.silentRounds && isBeyondChance(rule.limited)) {
            silence = Silence.IDLE;
            quietSinceNanos = submittedNanos;
        }
        if (silence == Silence.UNSEEN && seenIn >= rule.round) {
            silence = null; // this very moment; whoever saw it did not see the silence, or waits for the monitor to end it
        }
        told = silence != null;
        if (told) {
            listener.on(new StatisticsEvent.MachineSilent(machine.id(), missed));
        }
        return true;
    }

    /**
     * By what a machine is judged.
     *
     * @param round the number of the current round
     * @param limited whether the upstream wants good nonces only, so that a machine may have none in a round
     * @param nanos now
     * @param leastQuietNanos one seen within that time is not silent, however many rounds that was
     */
    record Rule(long round, int silentRounds, boolean limited, long nanos, long leastQuietNanos) {}

    private boolean isRegular() {
        return roundsWithNonce > 0 || roundsSeen >= ROUNDS_OF_A_REGULAR;
    }

    /** Where every nonce is wanted a healthy machine has one each round; else its own past says how often. */
    private boolean isBeyondChance(boolean limited) {
        if (roundsWithNonce == 0) {
            return false;
        }
        double share = limited ? (roundsWithNonce + 1) / (roundsJudged + 2) : roundsWithNonce / roundsJudged;
        return Math.pow(1 - share, idle) <= BY_CHANCE;
    }

    /** Rounds in a row, up to the last one that ended, in which it sent no nonce. */
    synchronized int missedRounds() {
        return missed;
    }

    boolean isSilent() {
        return silence != null;
    }
}
