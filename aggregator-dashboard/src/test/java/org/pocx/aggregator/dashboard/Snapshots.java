package org.pocx.aggregator.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.statistics.BadPlot;
import org.pocx.aggregator.statistics.CapacityInterval;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.FateCounts;
import org.pocx.aggregator.statistics.MachineProfile;
import org.pocx.aggregator.statistics.finding.BaselineSource;
import org.pocx.aggregator.statistics.finding.CapacityDrop;
import org.pocx.aggregator.statistics.finding.FarmFindings;
import org.pocx.aggregator.statistics.finding.MachineCapacity;
import org.pocx.aggregator.statistics.finding.PlotOverlap;

/** Snapshots of farms. */
public final class Snapshots {
    public static final String ACCOUNT = "0102030405060708090a0b0c0d0e0f1011121314";
    private static final String HASH = "ab".repeat(32);
    private static final Duration SECOND = Duration.ofMillis(1_999);

    private Snapshots() {}

    /** A machine, an account, and a best nonce beyond 2^63. */
    public static FarmSnapshot small() {
        FateCounts counts = new FateCounts(1, 2, 3, 4, 5, 6, 7, 8, 2, 0);
        return new FarmSnapshot(
                Instant.parse("2026-05-05T12:00:00Z"),
                SECOND,
                Optional.of(new MiningInfo(HASH, -2, -1, HASH)),
                SECOND,
                1,
                23.75,
                1.0,
                Optional.of(new FarmSnapshot.RoundBest(-1, -3, 38, ACCOUNT, "127.0.0.13", Fate.CONFIRMED)),
                List.of(machine("127.0.0.13", 7.5, counts)),
                List.of(account(7.5, counts)),
                counts,
                new FarmSnapshot.UpstreamView(
                        false,
                        "refused",
                        Optional.of(SECOND),
                        List.of(new FarmSnapshot.UpstreamError(Instant.EPOCH, "bad \"plot\"\n</script>", 2))),
                new FarmSnapshot.StoreView(true, ""),
                new FarmSnapshot.Certainty(new CapacityInterval(16.1, 32.9, 30), 30, 2),
                Optional.empty(),
                new FarmSnapshot.Verification(9, 2, List.of(badPlot())),
                FarmFindings.NONE);
    }

    /** The small farm in a round that has no nonce yet. */
    public static FarmSnapshot newRound() {
        FarmSnapshot small = small();
        return new FarmSnapshot(
                small.at(),
                small.uptime(),
                small.current(),
                Duration.ZERO,
                small.activeMachines(),
                small.totalCapacityTib(),
                small.networkCapacityTib(),
                Optional.empty(),
                small.machines(),
                small.accounts(),
                small.counts(),
                small.upstream(),
                small.store(),
                small.certainty(),
                Optional.empty(),
                small.verification(),
                FarmFindings.NONE);
    }

    /** A new farm; all optional values are unknown. */
    public static FarmSnapshot unknown() {
        return new FarmSnapshot(
                Instant.EPOCH,
                Duration.ZERO,
                Optional.empty(),
                Duration.ZERO,
                0,
                Double.POSITIVE_INFINITY,
                Double.NaN,
                Optional.empty(),
                List.of(machine("<b>", Double.POSITIVE_INFINITY, FateCounts.NONE)),
                List.of(),
                FateCounts.NONE,
                new FarmSnapshot.UpstreamView(false, "", Optional.empty(), List.of()),
                new FarmSnapshot.StoreView(false, "disk full"),
                new FarmSnapshot.Certainty(CapacityInterval.UNKNOWN, 0, 0),
                Optional.empty(),
                FarmSnapshot.Verification.NONE,
                FarmFindings.NONE);
    }

    /** A farm with only these machines. */
    public static FarmSnapshot withMachines(String... addresses) {
        return withMachines(Stream.of(addresses)
                .map(address -> machine(address, 1, FateCounts.NONE))
                .toList());
    }

    /** Two machines of the group barn, one without a group, and one of a group with a hostile name. */
    public static FarmSnapshot withGroups() {
        return withMachines(List.of(
                machine("10.0.0.1", "", MachineProfile.NONE),
                machine("10.0.0.2", "", profile(Optional.of("left"), "barn", OptionalDouble.of(10))),
                machine("10.0.0.3/rig", "rig", profile(Optional.empty(), "barn", OptionalDouble.empty())),
                machine("10.0.0.4", "", profile(Optional.empty(), "<b>", OptionalDouble.empty()))));
    }

    /** One machine that lost half of its capacity, one that is well, one of which nothing is known, and an overlap. */
    public static FarmSnapshot withFindings() {
        Instant since = Instant.parse("2026-05-05T10:30:00Z");
        CapacityDrop drop = new CapacityDrop(since, 120, 61.5, 0.5, BaselineSource.CONFIGURED);
        return withMachines(List.of(
                machine("10.0.0.1", "", profile(Optional.of("left"), "barn", OptionalDouble.of(120))),
                machine("10.0.0.2/rig", "rig", MachineProfile.NONE),
                machine("10.0.0.3", "", MachineProfile.NONE)))
                .with(new FarmFindings(
                        Map.of(
                                "10.0.0.1",
                                new MachineCapacity(
                                        120, BaselineSource.CONFIGURED, 50, 80, 120, Optional.of(drop)),
                                "10.0.0.2/rig",
                                new MachineCapacity(50, BaselineSource.LEARNED, 400, 52, 120, Optional.empty())),
                        List.of(new PlotOverlap("10.0.0.1", "10.0.0.2/rig", since, since.plusSeconds(600), 7, 3))));
    }

    private static MachineProfile profile(Optional<String> name, String group, OptionalDouble tib) {
        return new MachineProfile(name, Optional.of(group), tib);
    }

    private static FarmSnapshot.Machine machine(String id, String name, MachineProfile profile) {
        FateCounts counts = new FateCounts(1, 2, 3, 4, 5, 6, 7, 8, 2, 0);
        return new FarmSnapshot.Machine(
                id, name, profile, 1, 51, 3.5, SECOND, true, true, false, 0, "", counts, FarmSnapshot.LastCheck.NEVER,
                List.of(part(ACCOUNT, 1)));
    }

    private static FarmSnapshot withMachines(List<FarmSnapshot.Machine> machines) {
        FarmSnapshot bare = unknown();
        return new FarmSnapshot(
                bare.at(),
                bare.uptime(),
                bare.current(),
                bare.roundAge(),
                0,
                1,
                1,
                bare.best(),
                machines,
                List.of(),
                FateCounts.NONE,
                bare.upstream(),
                bare.store(),
                bare.certainty(),
                Optional.empty(),
                FarmSnapshot.Verification.NONE,
                FarmFindings.NONE);
    }

    private static BadPlot badPlot() {
        return new BadPlot("127.0.0.13", ACCOUNT, HASH, 7, -1, 8, 2, Instant.parse("2026-05-05T11:00:00Z"));
    }

    private static FarmSnapshot.Machine machine(String address, double tib, FateCounts counts) {
        return new FarmSnapshot.Machine(
                address, "cellar", MachineProfile.NONE, tib, 51, 3.5, SECOND, true, true, false, 0, "bad plot", counts,
                new FarmSnapshot.LastCheck(Optional.of(SECOND), Optional.of(Duration.ofSeconds(90))),
                List.of(part(ACCOUNT, tib)));
    }

    private static FarmSnapshot.Account account(double tib, FateCounts counts) {
        return new FarmSnapshot.Account(
                ACCOUNT, tib, 51, 3.5, SECOND, true, true, false, 1, "bad plot", counts,
                List.of(part("127.0.0.13", tib)));
    }

    private static FarmSnapshot.Part part(String id, double tib) {
        return new FarmSnapshot.Part(id, tib, 51, 3.5, SECOND, true);
    }
}
