package org.pocx.aggregator.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.statistics.history.RoundProgress;

/**
 * The farm at one moment. Immutable.
 *
 * <p>A capacity is in TiB; it is infinite or {@link Double#NaN} where it cannot be known (a claimed raw quality of 0):
 * show nothing then, and write null in JSON. A share of blocks is in percent.
 *
 * @param at when it was taken, wall clock
 * @param uptime since the aggregator was built
 * @param current the round that is being mined, once the upstream announced one
 * @param roundAge since that round was announced first
 * @param activeMachines machines seen within 5 minutes, polling included
 * @param totalCapacityTib the sum over the machines
 * @param networkCapacityTib from the base target; NaN before the first round
 * @param best the best nonce of the current round that was received and not rejected
 * @param machines by address
 * @param accounts by account id
 * @param counts of the whole farm, machines that have left included
 * @param upstream how the upstream does
 * @param store how the store does
 * @param certainty how well the farm's capacity is known
 * @param progress how the current round goes, where one is
 */
public record FarmSnapshot(
        Instant at,
        Duration uptime,
        Optional<MiningInfo> current,
        Duration roundAge,
        int activeMachines,
        double totalCapacityTib,
        double networkCapacityTib,
        Optional<RoundBest> best,
        List<Machine> machines,
        List<Account> accounts,
        FateCounts counts,
        UpstreamView upstream,
        StoreView store,
        Certainty certainty,
        Optional<RoundProgress> progress) {

    /**
     * {@return this snapshot with that in place of what it says of the round; it does not change itself}
     *
     * @param now how the round goes
     */
    public FarmSnapshot with(RoundProgress now) {
        return new FarmSnapshot(
                at,
                uptime,
                current,
                roundAge,
                activeMachines,
                totalCapacityTib,
                networkCapacityTib,
                best,
                machines,
                accounts,
                counts,
                upstream,
                store,
                certainty,
                Optional.of(now));
    }

    /** {@return how many machines went silent and are not back; those unseen for a day have left} */
    public int silentMachines() {
        return (int) machines.stream().filter(Machine::silent).count();
    }

    /**
     * The best nonce of a round.
     *
     * @param height u64
     * @param rawQuality u64
     * @param pocTime u64 seconds
     * @param accountId 40 hex characters
     * @param machine address
     * @param fate where it stands
     */
    public record RoundBest(
            long height, long rawQuality, long pocTime, String accountId, String machine, Fate fate) {}

    /**
     * A machine, with its part in each account.
     *
     * @param address its identity
     * @param label its Basic user name, or empty
     * @param capacityTib estimate in TiB, the sum over its accounts, and infinite when one of them is
     * @param submissions24h blocks of the last 24 hours with a submission, summed over its accounts
     * @param submissionPercentage of the blocks of a day, averaged over its accounts
     * @param sinceSeen time since it was last heard of, polling included; not negative
     * @param active seen within 5 minutes
     * @param suspect had 3 nonces rejected in the current round
     * @param silent gave no sign, or polls without sending nonces as it used to, for as many rounds as the setting says
     * @param missedRounds rounds in a row without a nonce of it, up to the last one that ended, while it was known
     * @param lastRejection the upstream's words on its last rejected nonce, or empty
     * @param counts of the nonces that it sent
     * @param accounts by account id
     */
    public record Machine(
            String address,
            String label,
            double capacityTib,
            int submissions24h,
            double submissionPercentage,
            Duration sinceSeen,
            boolean active,
            boolean suspect,
            boolean silent,
            int missedRounds,
            String lastRejection,
            FateCounts counts,
            List<Part> accounts) {}

    /**
     * An account, with the part that each machine has in it.
     *
     * @param accountId 40 lower-case hex characters
     * @param capacityTib estimate in TiB, the sum over its machines, and infinite when one of them is
     * @param submissions24h blocks of the last 24 hours with a submission, summed over its machines
     * @param submissionPercentage of the blocks of a day, averaged over its machines
     * @param sinceSeen time since its last nonce; not negative
     * @param active a nonce for it came within 5 minutes
     * @param suspect a machine that mines for it is
     * @param silent no machine that mines for it is at work: each is silent or not active
     * @param missedRounds rounds in a row without a nonce for it, up to the last one that ended, while it was known
     * @param lastRejection the upstream's words on the last nonce for it that was rejected, or empty
     * @param counts of the nonces for it
     * @param machines by address
     */
    public record Account(
            String accountId,
            double capacityTib,
            int submissions24h,
            double submissionPercentage,
            Duration sinceSeen,
            boolean active,
            boolean suspect,
            boolean silent,
            int missedRounds,
            String lastRejection,
            FateCounts counts,
            List<Part> machines) {}

    /**
     * What one machine does for one account.
     *
     * @param id the account id in a machine's list, the machine's address in an account's list
     * @param capacityTib estimate in TiB over the last 30 blocks; infinite when their best qualities are all 0
     * @param submissions24h blocks of the last 24 hours with a submission
     * @param submissionPercentage of the blocks of a day, 0 to 100
     * @param sinceSeen time since its last nonce for the account; not negative
     * @param active a nonce came within 5 minutes
     */
    public record Part(
            String id,
            double capacityTib,
            int submissions24h,
            double submissionPercentage,
            Duration sinceSeen,
            boolean active) {}

    /**
     * The upstream, as the last poll found it.
     *
     * @param up whether it answered
     * @param problem what it said or did instead; of one that answers, why it accepts no nonces or why they are most likely
     *     worthless; or empty
     * @param lastConfirmed time since a nonce was confirmed, where one was
     * @param errors the last errors, the newest first
     */
    public record UpstreamView(
            boolean up, String problem, Optional<Duration> lastConfirmed, List<UpstreamError> errors) {}

    /**
     * Something that went wrong at the upstream.
     *
     * @param at when it happened last, wall clock
     * @param words what it said or did
     * @param times how often in a row
     */
    public record UpstreamError(Instant at, String words, long times) {}

    /**
     * The store.
     *
     * @param writable whether the last change could be written
     * @param problem why not, or empty
     */
    public record StoreView(boolean writable, String problem) {}

    /**
     * How well the farm's capacity is known.
     *
     * @param interval where it lies with a confidence of 95 %
     * @param rounds the last rounds that ended, 30 at most, since the first one that the farm submitted to
     * @param missedRounds of them, those that it submitted nothing to
     */
    public record Certainty(CapacityInterval interval, int rounds, int missedRounds) {}
}
