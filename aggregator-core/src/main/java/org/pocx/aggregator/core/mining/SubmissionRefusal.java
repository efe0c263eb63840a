package org.pocx.aggregator.core.mining;

/** The nonce can not count for any round that is open. */
public sealed interface SubmissionRefusal extends SubmissionAnswer {

    /** {@return one line for the miner's owner, which repeats nothing that the miner sent but numbers} */
    String message();

    /** The upstream does not know the block hash (any more): error -32003 on the wire. */
    record UnknownRound() implements SubmissionRefusal {
        @Override
        public String message() {
            return "Stale submission: block_hash is none of the last 3 rounds";
        }
    }

    /**
     * The block hash is known, and was announced with another height: error -32002 on the wire.
     *
     * @param expected u64, the height that the round was announced with last
     * @param submitted u64
     */
    record WrongHeight(long expected, long submitted) implements SubmissionRefusal {
        @Override
        public String message() {
            return "Wrong height: expected " + Long.toUnsignedString(expected) + ", submitted "
                    + Long.toUnsignedString(submitted);
        }
    }

    /**
     * The block hash and height are known, and were never announced with this value of another field: error -32001 on
     * the wire.
     *
     * @param field the field that differs: {@code generation_signature} or {@code base_target}
     */
    record Mismatch(String field) implements SubmissionRefusal {
        @Override
        public String message() {
            return "Invalid submission: " + field + " does not match the round";
        }
    }
}
