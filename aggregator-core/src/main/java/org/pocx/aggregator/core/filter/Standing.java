package org.pocx.aggregator.core.filter;

/** What is known of the machines that compete on a {@link Ladder}. Quick: asked many times for each decision. */
public interface Standing {

    /**
     * {@return true for a machine with 3 rejected nonces in the round: it ranks behind the others}
     *
     * @param machine its address
     */
    boolean isSuspect(String machine);

    /**
     * {@return how many nonces of the machine were rejected in the round: the more, the sooner it loses its places}
     *
     * @param machine its address
     */
    int rejections(String machine);

    /**
     * {@return true for a machine that had a nonce confirmed within a day: places are kept for it}
     *
     * @param machine its address
     */
    boolean isTrusted(String machine);
}
