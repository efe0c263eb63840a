package org.pocx.aggregator.statistics.blocks;

import java.util.List;

/** The capacity that mined a round. */
@FunctionalInterface
public interface RoundShares {

    /**
     * Returns the estimated capacity of each machine and account that had a nonce in a round which was not rejected.
     *
     * @param height u64, of the round
     * @return in any order
     */
    List<Share> of(long height);

    /**
     * The capacity of one machine for one account.
     *
     * @param machine id of the machine
     * @param accountId 40 lower-case hex characters
     * @param tib 2^42 / mean of the best raw qualities; finite, above 0
     * @param blocks the number of blocks of that mean, at least 1
     */
    record Share(String machine, String accountId, double tib, int blocks) {}
}
