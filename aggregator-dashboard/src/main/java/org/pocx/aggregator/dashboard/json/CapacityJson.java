package org.pocx.aggregator.dashboard.json;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pocx.aggregator.statistics.CapacityInterval;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.finding.BaselineSource;
import org.pocx.aggregator.statistics.finding.CapacityDrop;
import org.pocx.aggregator.statistics.finding.MachineCapacity;
import org.pocx.aggregator.statistics.finding.PlotOverlap;
import org.pocx.aggregator.statistics.history.CapacityHour;

/** Writes expected, measured and lost capacities, and overlaps of plot files. */
public final class CapacityJson {
    private static final MachineCapacity UNKNOWN =
            new MachineCapacity(Double.NaN, BaselineSource.LEARNED, 0, Double.NaN, 0, Optional.empty());

    private CapacityJson() {}

    /** The members of a machine in lists. */
    public static void members(JsonWriter out, FarmSnapshot farm, FarmSnapshot.Machine machine) {
        MachineCapacity capacity = of(farm, machine);
        out.finite(
                "learnedCapacityTib",
                capacity.source() == BaselineSource.LEARNED ? capacity.expectedTib() : Double.NaN);
        measured(out, "measuredCapacityTib", capacity);
        out.object("capacityDrop", capacity.drop(), drop -> drop(out, drop));
    }

    private static MachineCapacity of(FarmSnapshot farm, FarmSnapshot.Machine machine) {
        return farm.findings().capacity(machine.id()).orElse(UNKNOWN);
    }

    private static void measured(JsonWriter out, String name, MachineCapacity capacity) {
        out.finite(name, capacity.measuredTib());
        interval(out, "measuredLowTib", "measuredHighTib", capacity.measuredTib(), capacity.measuredRounds());
    }

    private static void interval(JsonWriter out, String lowName, String highName, double tib, double rounds) {
        CapacityInterval interval =
                rounds > 0 ? CapacityInterval.around(tib, tib * tib / rounds) : CapacityInterval.UNKNOWN;
        out.finite(lowName, interval.lowTib());
        out.finite(highName, interval.highTib());
    }

    private static void drop(JsonWriter out, CapacityDrop drop) {
        out.time("since", drop.since());
        out.finite("baselineTib", drop.baselineTib());
        out.finite("measuredTib", drop.measuredTib());
        out.finite("missing", drop.missing());
        out.text("source", name(drop.source()));
    }

    /** The name of a source, such as {@code configured}. */
    public static String name(BaselineSource source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    /** The whole answer about one machine. */
    public static void ofMachine(
            JsonWriter out, FarmSnapshot farm, FarmSnapshot.Machine machine, List<CapacityHour> week) {
        MachineCapacity capacity = of(farm, machine);
        double configured = machine.profile().capacityTib().orElse(Double.NaN);
        boolean isConfigured = !Double.isNaN(configured);
        out.time("at", farm.at());
        out.text("machineId", machine.id());
        out.text("name", machine.displayName());
        out.finite("expectedCapacityTib", isConfigured ? configured : capacity.expectedTib());
        out.text("source", name(isConfigured ? BaselineSource.CONFIGURED : BaselineSource.LEARNED));
        out.number("learnedRounds", capacity.learnedRounds());
        measured(out, "measuredCapacityTib", capacity);
        out.object("capacityDrop", capacity.drop(), drop -> drop(out, drop));
        out.objects("capacityWeek", week, hour -> {
            out.time("at", hour.hour());
            out.finite("tib", hour.tib());
            interval(out, "lowTib", "highTib", hour.tib(), hour.found());
            out.number("rounds", hour.rounds());
        });
    }

    /** A pair of machines with the same plot files. */
    public static void overlap(JsonWriter out, PlotOverlap overlap) {
        out.text("machineA", overlap.machineA());
        out.text("machineB", overlap.machineB());
        out.time("since", overlap.since());
        out.time("lastAt", overlap.lastAt());
        out.number("nonces", overlap.nonces());
        out.number("rounds", overlap.rounds());
    }
}
