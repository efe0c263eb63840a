package org.pocx.aggregator.statistics.blocks;

import java.util.List;

/** The capacity that mined a round. */
@FunctionalInterface
public interface RoundShares {

    /**
     * Returns an unbiased estimate of the capacity of each machine and account that had a nonce in a round which was not
     * rejected.
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
     * @param tib finite, not negative
     */
    record Share(String machine, String accountId, double tib) {}
}
