package org.pocx.aggregator.statistics.history;

import java.time.Instant;

/**
 * Something that an operator may want to know of, kept for a day.
 *
 * @param id grows from event to event, beyond restarts and a new database, too; at least 1, and below 2^53
 * @param at wall clock
 * @param kind what happened; decides which of the others mean something
 * @param height u64, of the round that was current, or of the nonce; 0 where there was none
 * @param machine whose address it is about, or empty
 * @param accountId of the nonce that it is about, or empty: then the two figures mean nothing
 * @param rawQuality u64
 * @param pocTime u64 seconds
 * @param times how many of its kind this stands for, at least 1: beyond a number a round they are counted only
 * @param words the upstream's, or what else there is to say; at most {@value #MAX_WORDS} characters, may be empty
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
    /** The longest words that are kept; the rest is cut. */
    public static final int MAX_WORDS = 500;

    /**
     * Takes an event as it is to be stored; words beyond their limit are cut.
     *
     * @throws IllegalArgumentException when id or times are out of their range
     */
    public FarmEvent {
        if (id < 1 || times < 1) {
            throw new IllegalArgumentException("id and times are at least 1");
        }
        words = words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS - 1) + "…" : words;
    }

    /** What happened. The names are what a store keeps: never rename one. */
    public enum Kind {
        /** The aggregator began to work. */
        STARTED,
        /** The aggregator ended. */
        STOPPED,
        /** Another block is being mined; the words say so where it was current before. */
        NEW_ROUND,
        /** A nonce better than all of its round before it is to be sent. */
        IMPROVEMENT,
        /** The upstream accepted a nonce. */
        CONFIRMED,
        /** The upstream rejected a nonce. */
        REJECTED,
        /** The upstream called a nonce stale. */
        STALE,
        /** A nonce ended without a verdict. */
        EXPIRED,
        /** A machine had its third nonce rejected in this round. */
        SUSPECTED,
        /** The upstream stopped to answer. */
        UPSTREAM_DOWN,
        /** The upstream answers again. */
        UPSTREAM_UP,
        /** The store cannot be written. */
        STORE_DOWN,
        /** The store is written again. */
        STORE_UP,
        /** A machine missed several rounds. */
        MACHINE_SILENT,
        /** A machine that was silent submits again. */
        MACHINE_BACK
    }
}
