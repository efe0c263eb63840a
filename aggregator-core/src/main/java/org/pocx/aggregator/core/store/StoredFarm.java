package org.pocx.aggregator.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.ReceivedNonce;

/**
 * What a store remembers for a restart.
 *
 * @param openRounds the open rounds, the current one last
 * @param outbox the outbox entries of the open rounds, in the order in which they were received
 * @param verdicts the verdicts on nonces of the open rounds, in the order in which they fell
 * @param confirmedMachines machines (by id) that had a nonce confirmed within the last 24 hours, and when last
 */
public record StoredFarm(
        List<StoredRound> openRounds,
        List<ReceivedNonce> outbox,
        List<Verdict> verdicts,
        Map<String, Instant> confirmedMachines) {

    /** Nothing: a store that is new. */
    public static final StoredFarm EMPTY = new StoredFarm(List.of(), List.of(), List.of(), Map.of());

    /** Copies all four, keeping their order. */
    public StoredFarm {
        openRounds = List.copyOf(openRounds);
        outbox = List.copyOf(outbox);
        verdicts = List.copyOf(verdicts);
        confirmedMachines = Map.copyOf(confirmedMachines);
    }

    /**
     * An open round.
     *
     * @param announcements the mining infos that it was announced with (without target quality, compression levels and
     *     extras, which a store does not keep), in the order of the announcements; at least one
     * @param announcedAt when it was first announced, wall clock, where the store knows
     */
    public record StoredRound(List<MiningInfo> announcements, Optional<Instant> announcedAt) {
        /**
         * Copies the announcements.
         *
         * @throws IllegalArgumentException when there is no announcement, and so no block hash
         */
        public StoredRound {
            announcements = List.copyOf(announcements);
            if (announcements.isEmpty()) {
                throw new IllegalArgumentException("a round has at least one announcement");
            }
        }

        /**
         * A round of which it is not known when it was announced.
         *
         * @param announcements as above, at least one
         */
        public StoredRound(List<MiningInfo> announcements) {
            this(announcements, Optional.empty());
        }

        /** {@return the block hash that names the round} */
        public String blockHash() {
            return announcements.getFirst().blockHash();
        }
    }
}
