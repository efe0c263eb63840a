package org.pocx.aggregator.core.forward;

/** What is known of the machines whose candidates compete. Fast: asked many times for each decision. */
interface MachineRanking {

    /**
     * Whether the machine has 3 bad nonces in the round (rejected, or confirmed worse than claimed), or brought 3 refused
     * accounts and is not trusted: it ranks behind the others.
     */
    boolean ranksBehind(String machine);

    /** How many nonces of the machine were bad in the round: the more, the sooner it loses its places. */
    int badNonces(String machine);

    /** Whether the machine had a nonce confirmed within a day: places are reserved for it. */
    boolean isTrusted(String machine);
}
