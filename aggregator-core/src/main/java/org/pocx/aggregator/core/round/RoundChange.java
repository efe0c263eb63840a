package org.pocx.aggregator.core.round;

import java.util.Optional;

/**
 * What an announcement of the upstream did to the rounds.
 *
 * @param kind what happened to the announced round
 * @param round the announced round
 * @param isCurrent whether it is the current round now: the active upstream announced it
 * @param closed the round that left the last three of every upstream, if one did
 */
public record RoundChange(Kind kind, Round round, boolean isCurrent, Optional<Round> closed) {

    /** What happened to the announced round. */
    public enum Kind {
        /** Nothing: it was current and still is, or was open and another upstream than the active one announced it. */
        NONE,
        /** It was open, and has another height, generation signature or base target now. */
        REANNOUNCED,
        /** Its hash was unknown, or it has not been current before. */
        OPENED,
        /** It was open and not current: the chain forked back to it. */
        REVIVED
    }
}
