package org.pocx.aggregator.core.mining;

import java.util.Objects;

/**
 * The nonce cannot count for any round that is open.
 *
 * @param reason what does not match
 * @param expected u64, for {@link Reason#WRONG_HEIGHT} the height that the round was announced with last; otherwise 0
 * @param submitted u64, for {@link Reason#WRONG_HEIGHT} the height of the nonce; otherwise 0
 */
public record SubmissionRefusal(Reason reason, long expected, long submitted) implements SubmissionAnswer {

    /** What does not match. */
    public enum Reason {
        /** The upstream does not know the block hash (any more). */
        UNKNOWN_ROUND("block_hash"),
        /** The block hash is known, and was announced with another height. */
        WRONG_HEIGHT("height"),
        /** The block hash and height are known, and were never announced with this generation signature. */
        WRONG_GENERATION_SIGNATURE("generation_signature"),
        /** All else matches, and was never announced with this base target. */
        WRONG_BASE_TARGET("base_target");

        private final String field;

        Reason(String field) {
            this.field = field;
        }

        /** {@return the field of the nonce that does not match, by its name on the wire} */
        public String field() {
            return field;
        }
    }

    /**
     * Checks that there is a reason.
     *
     * @throws NullPointerException when it is null
     */
    public SubmissionRefusal {
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * A refusal for a reason other than the height.
     *
     * @param reason what does not match
     */
    public SubmissionRefusal(Reason reason) {
        this(reason, 0, 0);
    }

    /** {@return one line for the miner's owner, which repeats nothing that the miner sent but numbers} */
    public String message() {
        return switch (reason) {
            case UNKNOWN_ROUND -> "Stale submission: block_hash is none of the last 3 rounds";
            case WRONG_HEIGHT -> "Wrong height: expected " + Long.toUnsignedString(expected) + ", submitted "
                    + Long.toUnsignedString(submitted);
            case WRONG_GENERATION_SIGNATURE, WRONG_BASE_TARGET ->
                "Invalid submission: " + reason.field() + " does not match the round";
        };
    }
}
