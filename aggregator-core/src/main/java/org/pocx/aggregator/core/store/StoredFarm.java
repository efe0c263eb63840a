package org.pocx.aggregator.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.upstream.NamedUpstream;

/**
 * What a store remembers for a restart.
 *
 * @param openRounds the open rounds, the current one last
 * @param outbox the outbox entries of the open rounds, in the order in which they were received
 * @param verdicts the verdicts on nonces of the open rounds, in the order in which they fell
 * @param confirmedMachines machines (by id) that had a nonce confirmed within the last 24 hours, and when last
 * @param standings what each upstream decided about nonces of the open rounds, in any order. A confirmed or rejected nonce
 *     without one was judged by an unknown upstream
 */
public record StoredFarm(
        List<StoredRound> openRounds,
        List<ReceivedNonce> outbox,
        List<Verdict> verdicts,
        Map<String, Instant> confirmedMachines,
        Set<StoredStanding> standings) {

    /** Nothing: a store that is new. */
    public static final StoredFarm EMPTY = new StoredFarm(List.of(), List.of(), List.of(), Map.of());

    /**
     * The memory of a farm with one upstream, which gave all verdicts.
     *
     * @param openRounds as above
     * @param outbox as above
     * @param verdicts as above
     * @param confirmedMachines as above
     */
    public StoredFarm(
            List<StoredRound> openRounds,
            List<ReceivedNonce> outbox,
            List<Verdict> verdicts,
            Map<String, Instant> confirmedMachines) {
        this(
                openRounds,
                outbox,
                verdicts,
                confirmedMachines,
                verdicts.stream()
                        .flatMap(verdict -> StoredStanding.of(verdict, NamedUpstream.UNNAMED).stream())
                        .collect(Collectors.toSet()));
    }

    /** Copies all, keeping their order. */
    public StoredFarm {
        openRounds = List.copyOf(openRounds);
        outbox = List.copyOf(outbox);
        verdicts = List.copyOf(verdicts);
        confirmedMachines = Map.copyOf(confirmedMachines);
        standings = Set.copyOf(standings);
    }

    /**
     * What an upstream decided about a nonce.
     *
     * @param blockHash of the nonce's round
     * @param nonceId which nonce
     * @param upstream the id of the upstream
     * @param decision what it decided
     * @param rawQuality u64, at which it was confirmed; otherwise without meaning
     */
    public record StoredStanding(
            String blockHash, NonceId nonceId, String upstream, Decision decision, long rawQuality) {

        /** What an upstream can decide. The names are what a store keeps: never rename one. */
        public enum Decision {
            /** It accepted the nonce. */
            CONFIRMED,
            /** It rejected the nonce. */
            REJECTED,
            /** It has one that is at least as good: it is sent nothing that is not better. */
            FILTERED
        }

        /**
         * {@return the standing that follows from a verdict; empty when it neither confirms nor rejects}
         *
         * @param verdict on a nonce
         * @param upstream the id of the upstream that gave it; empty where it is unknown
         */
        public static Optional<StoredStanding> of(Verdict verdict, String upstream) {
            return switch (verdict.outcome()) {
                case CONFIRMED, TAKEN_OVER, REJECTED ->
                    upstream.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new StoredStanding(
                                    verdict.submission().blockHash(),
                                    verdict.submission().nonceId(),
                                    upstream,
                                    verdict.outcome().isAccepted()
                                            ? Decision.CONFIRMED
                                            : Decision.REJECTED,
                                    verdict.confirmedRawQuality()));
                case ACCOUNT_REFUSED, STALE, EXPIRED -> Optional.empty();
            };
        }
    }

    /**
     * An open round.
     *
     * @param announcements the mining infos that it was announced with (without target quality, compression levels and
     *     extras, which a store does not keep), in the order of the announcements; at least one
     * @param announcedAt when it was first announced, wall clock, where the store knows
     * @param upstreams the ids of the upstreams that announced it; the empty string stands for an unknown one
     */
    public record StoredRound(
            List<MiningInfo> announcements, Optional<Instant> announcedAt, Set<String> upstreams) {
        /**
         * Copies the announcements.
         *
         * @throws IllegalArgumentException when there is no announcement, and so no block hash
         */
        public StoredRound {
            announcements = List.copyOf(announcements);
            upstreams = Set.copyOf(upstreams);
            if (announcements.isEmpty()) {
                throw new IllegalArgumentException("a round has at least one announcement");
            }
        }

        /**
         * A round of the only upstream.
         *
         * @param announcements as above, at least one
         * @param announcedAt as above
         */
        public StoredRound(List<MiningInfo> announcements, Optional<Instant> announcedAt) {
            this(announcements, announcedAt, Set.of(NamedUpstream.UNNAMED));
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
