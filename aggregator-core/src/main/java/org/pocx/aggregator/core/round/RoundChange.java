package org.pocx.aggregator.core.round;

import java.util.Optional;

/**
 * What an announcement of the upstream did to the rounds.
 *
 * @param kind what happened to the announced round, which is the current one now
 * @param round the announced round
 * @param closed the round that left the last three, if one did
 */
public record RoundChange(Kind kind, Round round, Optional<Round> closed) {

    /** What happened to the announced round. */
    public enum Kind {
        /** It was current and still is, as it was. */
        NONE,
        /** It was current, and has another height, generation signature or base target now. */
        REANNOUNCED,
        /** Its hash was unknown. */
        OPENED,
        /** It was open and not current: the chain forked back to it. */
        REVIVED
    }
}
