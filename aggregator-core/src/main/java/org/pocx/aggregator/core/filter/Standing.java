package org.pocx.aggregator.core.filter;

/** What is known of the machines that compete on a {@link Ladder}. Quick: asked many times for each decision. */
public interface Standing {

    /**
     * {@return true for a machine with 3 bad nonces in the round (rejected, or confirmed worse than claimed), or one that
     * brought 3 refused accounts and is not trusted: it ranks behind the others}
     *
     * @param machine its address
     */
    boolean ranksBehind(String machine);

    /**
     * {@return how many nonces of the machine were bad in the round: the more, the sooner it loses its places}
     *
     * @param machine its address
     */
    int badNonces(String machine);

    /**
     * {@return true for a machine that had a nonce confirmed within a day: places are kept for it}
     *
     * @param machine its address
     */
    boolean isTrusted(String machine);
}
