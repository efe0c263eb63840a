package org.pocx.aggregator.statistics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rounds in which one machine sent requests and nonces, and whether it is silent. Rounds are numbered as they
 * begin.
 *
 * <p>Thread-safe: its monitor guards everything except the two round numbers, which requests write without a lock.
 */
final class MachineActivity {
    /** The time constant, in rounds, of the average of rounds with a nonce. */
    private static final double MEMORY = 64;

    private static final double FADE = 1 - 1 / MEMORY;

    /** A machine is silent only if the probability of so many rounds without a nonce is at most this. */
    private static final double BY_CHANCE = 1e-6;

    /** A client with requests in only one round is not watched. */
    private static final int ROUNDS_OF_A_REGULAR = 2;

    /** The upper limit of the count. */
    private static final int MAX_MISSED = 1_000_000;

    private enum Silence {
        /** It sends no requests. */
        UNSEEN,
        /** It polls but no longer sends nonces. */
        IDLE
    }

    /** Rounds up to this one do not count as missed, because the machine joined or the program started during them. */
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
    private boolean reported;
    private long quietSinceNanos;
    private long submittedNanos;

    /** @param round the number of the current round */
    MachineActivity(long round, long nanos) {
        this.excusedUpTo = Math.max(1, round);
        this.submittedNanos = nanos;
    }

    /** Processes a row of the history: the machine had a nonce at that u64 height before the restart. */
    synchronized void restoredBest(long height) {
        if (restoredHeight == null || Long.compareUnsigned(height, restoredHeight) > 0) {
            restoredHeight = height;
        }
    }

    synchronized @Nullable Long restoredHeight() {
        return restoredHeight;
    }

    /**
     * Restores the state from before the restart. A machine that was silent then is silent now; neither this nor its
     * return is reported, because its silence was most likely reported before.
     *
     * @param newest the highest u64 height of all machines in the history
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

    /** The machine sent a request. Normally costs two reads. */
    void seen(long round, long nanos, MachineEntry machine, StatisticsListener listener) {
        if (seenIn != round) {
            seenIn = round;
        }
        if (silence == Silence.UNSEEN) {
            back(nanos, machine, listener);
        }
    }

    /** The machine sent a nonce of a known round. */
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
        if (reported) {
            reported = false;
            listener.on(new StatisticsEvent.MachineBack(machine.miner(), Duration.ofNanos(nanos - quietSinceNanos)));
        }
    }

    /**
     * A round is over.
     *
     * @param counted whether the round counts as missed by a machine that only polled
     */
    synchronized void roundEnded(long round, boolean counted) {
        if (submittedIn >= round) {
            hit();
        } else if (seenIn >= round) {
            roundsSeen++;
            unseen = 0;
            if (counted && round > excusedUpTo) {
                missed++;
                idle++;
            }
        } else if (round > excusedUpTo) {
            missed++;
            unseen++;
        }
    }

    /**
     * Now adds the missed rounds before this one to the average; they were not added while they could be the start of a
     * silence.
     */
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
     * Detects and reports that the machine has become silent.
     *
     * @param machine the machine of this object
     * @return false if it is not silent only because it was seen a moment ago
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
            silence = null; // seen concurrently: that thread did not see the silence, or waits for the monitor to end it
        }
        reported = silence != null;
        if (reported) {
            listener.on(new StatisticsEvent.MachineSilent(machine.miner(), missed));
        }
        return true;
    }

    /**
     * The rule by which a machine is silent.
     *
     * @param round the number of the current round
     * @param limited whether the upstream accepts only good nonces, so that a machine may have none in a round
     * @param nanos the current time
     * @param leastQuietNanos a machine that was seen within this time is not silent, whatever the number of rounds
     */
    record Rule(long round, int silentRounds, boolean limited, long nanos, long leastQuietNanos) {}

    private boolean isRegular() {
        return roundsWithNonce > 0 || roundsSeen >= ROUNDS_OF_A_REGULAR;
    }

    /**
     * Without a limit, a healthy machine has a nonce in each round. With a limit, its own past determines how often.
     */
    private boolean isBeyondChance(boolean limited) {
        if (roundsWithNonce == 0) {
            return false;
        }
        double share = limited ? (roundsWithNonce + 1) / (roundsJudged + 2) : roundsWithNonce / roundsJudged;
        return Math.pow(1 - share, idle) <= BY_CHANCE;
    }

    /** The number of consecutive rounds, up to the last one that ended, without a nonce from it. */
    synchronized int missedRounds() {
        return missed;
    }

    boolean isSilent() {
        return silence != null;
    }
}
