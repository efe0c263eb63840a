package org.pocx.aggregator.core.forward;

import org.pocx.aggregator.core.mining.MinerId;

/**
 * What is known of the machines whose candidates compete. Fast: asked many times for each decision.
 *
 * <p>A name counts as a machine once it had a nonce confirmed within a day. Before that all such names of an address are one
 * machine together, so that inventing names gains nothing.
 */
interface MachineRanking {

    /**
     * Whether the machine has 3 bad nonces in the round (rejected, or confirmed worse than claimed), or brought 3 refused
     * accounts and is not trusted: it ranks behind the others.
     */
    boolean ranksBehind(MinerId machine);

    /** How many nonces of the machine were bad in the round: the more, the sooner it loses its places. */
    int badNonces(MinerId machine);

    /** Whether the machine had a nonce confirmed within a day: places are reserved for it. */
    boolean isTrusted(MinerId machine);

    /** The machine that a place counts for: its id, or only its address. */
    String competitor(MinerId machine);
}
