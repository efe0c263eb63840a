package org.pocx.aggregator.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.statistics.finding.FarmFindings;
import org.pocx.aggregator.statistics.history.RoundProgress;

/**
 * The farm at one moment. Immutable.
 *
 * <p>Capacities are in TiB; infinite or {@link Double#NaN} if unknown (a claimed raw quality of 0): show nothing then,
 * and write null in JSON. Percentages are of blocks.
 *
 * @param at when it was taken, wall clock
 * @param uptime since the aggregator was built
 * @param current the current round, if the upstream has announced one
 * @param roundAge time since that round was first announced
 * @param activeMachines machines seen within 5 minutes, polling included
 * @param totalCapacityTib the sum over the machines
 * @param networkCapacityTib from the base target; NaN before the first round
 * @param best the best received nonce of the current round that was not rejected
 * @param machines by id
 * @param accounts by account id
 * @param counts of the whole farm, including removed machines
 * @param upstream the state of the upstream
 * @param store the state of the store
 * @param certainty the accuracy of the farm's capacity
 * @param progress the progress of the current round, if there is one
 * @param verification what checks of nonces showed
 * @param findings lost capacity, and machines with the same plot files
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
        Optional<RoundProgress> progress,
        Verification verification,
        FarmFindings findings) {

    /**
     * {@return a copy of this snapshot with another progress of the round}
     *
     * @param now the progress of the round
     */
    public FarmSnapshot with(RoundProgress now) {
        return with(Optional.of(now), verification, findings);
    }

    /**
     * {@return a copy of this snapshot with other findings}
     *
     * @param now what is known of the machines
     */
    public FarmSnapshot with(FarmFindings now) {
        return with(progress, verification, now);
    }

    /**
     * {@return a copy of this snapshot with another state of the checks of nonces}
     *
     * @param now what they showed
     */
    public FarmSnapshot with(Verification now) {
        return with(progress, now, findings);
    }

    private FarmSnapshot with(
            Optional<RoundProgress> otherProgress, Verification otherVerification, FarmFindings otherFindings) {
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
                otherProgress,
                otherVerification,
                otherFindings);
    }

    /** {@return the groups of the machines by name, last the machines without a group; each has at least one machine} */
    public List<MachineGroup> groups() {
        return MachineGroup.of(machines);
    }

    /** {@return the number of silent machines; machines that were not seen for a day are not counted} */
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
     * @param machine its id
     * @param fate its state
     */
    public record RoundBest(
            long height, long rawQuality, long pocTime, String accountId, String machine, Fate fate) {}

    /**
     * A machine, with its values for each account.
     *
     * @param id its address, or {@code address/name}: {@link org.pocx.aggregator.core.mining.MinerId#id}
     * @param name the name that it gives itself, or empty
     * @param profile what the owner says about it
     * @param capacityTib estimate in TiB, the sum over its accounts; infinite if one of them is
     * @param submissions24h blocks of the last 24 hours with a submission, summed over its accounts
     * @param submissionPercentage percentage of the blocks of a day, averaged over its accounts
     * @param sinceSeen time since its last request, including polls; not negative
     * @param active seen within 5 minutes
     * @param suspect had 3 nonces rejected in the current round
     * @param silent sent no request, or only polls although it used to send nonces, for the configured number of rounds
     * @param missedRounds consecutive rounds without a nonce from it, up to the last one that ended, since it is known
     * @param lastRejection the upstream's error message for its last rejected nonce, or empty
     * @param counts of its nonces
     * @param lastCheck when its nonces were checked
     * @param accounts by account id
     */
    public record Machine(
            String id,
            String name,
            MachineProfile profile,
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
            LastCheck lastCheck,
            List<Part> accounts) {

        /** {@return the name to show beside its id: the owner's, else its own, if there is one} */
        public Optional<String> displayName() {
            return profile.name().or(() -> Optional.of(name).filter(own -> !own.isEmpty()));
        }
    }

    /**
     * When nonces of a machine were checked.
     *
     * @param since time since the last check, if there was one
     * @param interval time between the last two checks, if there were two
     */
    public record LastCheck(Optional<Duration> since, Optional<Duration> interval) {
        /** No nonce of the machine was checked. */
        public static final LastCheck NEVER = new LastCheck(Optional.empty(), Optional.empty());
    }

    /**
     * What checks of nonces showed.
     *
     * @param checked nonces that were checked since the start
     * @param bad those of them that had another quality than their machines stated
     * @param badPlots the plots of these, the one that was seen last first
     */
    public record Verification(long checked, long bad, List<BadPlot> badPlots) {
        /** No nonce was checked. */
        public static final Verification NONE = new Verification(0, 0, List.of());
    }

    /**
     * An account, with the values of each machine for it.
     *
     * @param accountId 40 lower-case hex characters
     * @param capacityTib estimate in TiB, the sum over its machines; infinite if one of them is
     * @param submissions24h blocks of the last 24 hours with a submission, summed over its machines
     * @param submissionPercentage percentage of the blocks of a day, averaged over its machines
     * @param sinceSeen time since its last nonce; not negative
     * @param active a nonce for it was received within 5 minutes
     * @param suspect whether a machine that mines for it is suspect
     * @param silent whether each machine that mines for it is silent or not active
     * @param missedRounds consecutive rounds without a nonce for it, up to the last one that ended, since it is known
     * @param lastRejection the upstream's error message for its last rejected nonce, or empty
     * @param counts of the nonces for it
     * @param machines by id
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
     * The values of one machine for one account.
     *
     * @param id the account id in a machine's list, the machine's id in an account's list
     * @param capacityTib estimate in TiB over the last 30 blocks; infinite if their best qualities are all 0
     * @param submissions24h blocks of the last 24 hours with a submission
     * @param submissionPercentage percentage of the blocks of a day, 0 to 100
     * @param sinceSeen time since its last nonce for the account; not negative
     * @param active a nonce was received within 5 minutes
     */
    public record Part(
            String id,
            double capacityTib,
            int submissions24h,
            double submissionPercentage,
            Duration sinceSeen,
            boolean active) {}

    /**
     * The state of the upstream at the last poll.
     *
     * @param up whether it answered
     * @param problem the error; if it answers, the reason why it accepts no nonces or why they are probably worthless;
     *     or empty
     * @param lastConfirmed time since a nonce was last confirmed, if any
     * @param errors the last errors, newest first
     */
    public record UpstreamView(
            boolean up, String problem, Optional<Duration> lastConfirmed, List<UpstreamError> errors) {}

    /**
     * An error of the upstream.
     *
     * @param at when it last occurred, wall clock
     * @param words the error message
     * @param times the number of consecutive occurrences
     */
    public record UpstreamError(Instant at, String words, long times) {}

    /**
     * The state of the store.
     *
     * @param writable whether the last change could be written
     * @param problem the reason why not, or empty
     */
    public record StoreView(boolean writable, String problem) {}

    /**
     * The accuracy of the estimate of the farm's capacity.
     *
     * @param interval the confidence interval of 95 %
     * @param rounds the number of ended rounds considered, at most 30, since the first one with a nonce of the farm
     * @param missedRounds those of them without a nonce of the farm
     */
    public record Certainty(CapacityInterval interval, int rounds, int missedRounds) {}
}
