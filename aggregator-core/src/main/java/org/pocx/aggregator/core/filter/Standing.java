package org.pocx.aggregator.core.filter;

/** What is known of the machines that compete on a {@link Ladder}. Quick: asked many times for each decision. */
public interface Standing {

    /** True for a machine (by address) with 3 rejected nonces in the round: it ranks behind the others. */
    boolean isSuspect(String machine);

    /** How many nonces of the machine were rejected in the round: the more, the sooner it loses its places. */
    int rejections(String machine);

    /** True for a machine (by address) that had a nonce confirmed within a day: places are kept for it. */
    boolean isTrusted(String machine);
}
