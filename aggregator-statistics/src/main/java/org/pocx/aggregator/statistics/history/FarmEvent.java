package org.pocx.aggregator.statistics.history;

import java.time.Instant;

/**
 * An event for the operator, kept for a day.
 *
 * @param id increases from event to event, also after a restart and with a new database; at least 1, below 2^53
 * @param at wall clock
 * @param kind what happened; determines which of the other values are used
 * @param height u64, of the current round or of the nonce; 0 if there was none
 * @param machine the id of the machine concerned, or empty
 * @param accountId of the nonce concerned, or empty; without account or machine rawQuality and pocTime are not used
 * @param rawQuality u64
 * @param pocTime u64 seconds
 * @param times the number of events of this kind that this one represents, at least 1; beyond a number per round,
 *     events are only counted
 * @param words the upstream's error message or other details; at most {@value #MAX_WORDS} characters, may be empty
 */
public record FarmEvent(
        long id,
        Instant at,
        Kind kind,
        long height,
        String machine,
        String accountId,
        long rawQuality,
        long pocTime,
        long times,
        String words) {
    /** The maximum length of the details; longer ones are shortened. */
    public static final int MAX_WORDS = 500;

    /**
     * Shortens the details to their limit.
     *
     * @throws IllegalArgumentException if id or times are out of range
     */
    public FarmEvent {
        if (id < 1 || times < 1) {
            throw new IllegalArgumentException("id and times must be at least 1");
        }
        words = words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS - 1) + "…" : words;
    }

    /** The kinds of events. Their names are stored: never rename one. */
    public enum Kind {
        /** The aggregator started. */
        STARTED,
        /** The aggregator stopped. */
        STOPPED,
        /** Another block is being mined; the details say if it was current before. */
        NEW_ROUND,
        /** A nonce that is better than all earlier ones of its round will be sent. */
        IMPROVEMENT,
        /** The upstream accepted a nonce. */
        CONFIRMED,
        /** The upstream gave a receipt for a nonce, and does not report verdicts. */
        TAKEN_OVER,
        /** The upstream rejected a nonce. */
        REJECTED,
        /** The upstream answered that a nonce is stale. */
        STALE,
        /** A nonce ended without a verdict. */
        EXPIRED,
        /** A machine had its third nonce rejected in this round. */
        SUSPECTED,
        /** The upstream stopped answering. */
        UPSTREAM_DOWN,
        /** The upstream answers again. */
        UPSTREAM_UP,
        /** The active upstream failed, and another one is the active one. */
        UPSTREAM_SWITCHED,
        /** A preferred upstream works again, and is the active one. */
        UPSTREAM_RETURNED,
        /** The store cannot be written. */
        STORE_DOWN,
        /** The store can be written again. */
        STORE_UP,
        /** A machine missed several rounds. */
        MACHINE_SILENT,
        /** A machine that was silent submits again. */
        MACHINE_BACK,
        /** A check showed that a nonce has another quality than its machine stated; the details name its plot. */
        BAD_PLOT,
        /** An account of the farm won a block; without a machine it was won with another machine or elsewhere. */
        BLOCK_WON,
        /** A fork took a won block back, or gave it back; the details say which. */
        BLOCK_ORPHANED,
        /** The farm should have won a block and did not. */
        PROBABLE_LOSS,
        /** A machine lost a part of its capacity. */
        CAPACITY_DROPPED,
        /** A machine has its capacity again. */
        CAPACITY_RESTORED,
        /** Two machines mine the same plot files; the details name the second one. */
        PLOTS_OVERLAP
    }
}
