package org.pocx.aggregator.dashboard.alert;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pocx.aggregator.dashboard.json.CapacityJson;
import org.pocx.aggregator.statistics.Capacity;
import org.pocx.aggregator.statistics.MachineDirectory;
import org.pocx.aggregator.statistics.finding.CapacityDrop;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.finding.PlotOverlap;

/** Makes alerts of findings. Stateless except for the names of machines. */
final class FindingAlerts {
    private static final double HALF = 0.5;

    private final MachineDirectory directory;

    FindingAlerts(MachineDirectory directory) {
        this.directory = directory;
    }

    Alert of(Finding finding, Instant at) {
        return switch (finding) {
            case Finding.CapacityDropped dropped -> dropped(dropped, at);
            case Finding.CapacityRestored restored -> restored(restored, at);
            case Finding.PlotsOverlap overlap -> overlap(overlap, at);
        };
    }

    private Alert dropped(Finding.CapacityDropped dropped, Instant at) {
        AlertedMachine machine = AlertedMachine.of(dropped.miner(), directory);
        CapacityDrop drop = dropped.drop();
        Map<String, Object> details = details(machine, drop, drop.measuredTib());
        details.put("missing", drop.missing());
        String text = "Machine " + machine.text() + ": capacity dropped by about "
                + (drop.missing() >= HALF ? "half or more" : "a quarter") + ": " + tib(drop.measuredTib())
                + " measured since " + since(drop) + ", expected " + tib(drop.baselineTib()) + " ("
                + CapacityJson.name(drop.source()) + "). Check its disks and plot files.";
        return new Alert(Alert.Kind.CAPACITY_DROPPED, at, text, details);
    }

    private Alert restored(Finding.CapacityRestored restored, Instant at) {
        AlertedMachine machine = AlertedMachine.of(restored.miner(), directory);
        CapacityDrop drop = restored.drop();
        String text = "Machine " + machine.text() + ": capacity restored: " + tib(restored.measuredTib())
                + " measured, expected " + tib(drop.baselineTib()) + ". It was too low since " + since(drop) + ".";
        return new Alert(
                Alert.Kind.CAPACITY_RESTORED, at, text, details(machine, drop, restored.measuredTib()));
    }

    private static Map<String, Object> details(AlertedMachine machine, CapacityDrop drop, double measuredTib) {
        Map<String, Object> details = machine.details();
        details.put("since", since(drop));
        details.put("baselineTib", drop.baselineTib());
        details.put("measuredTib", measuredTib);
        details.put("source", CapacityJson.name(drop.source()));
        return details;
    }

    private Alert overlap(Finding.PlotsOverlap found, Instant at) {
        AlertedMachine a = AlertedMachine.of(found.machineA(), directory);
        AlertedMachine b = AlertedMachine.of(found.machineB(), directory);
        PlotOverlap overlap = found.overlap();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("machineA", a.id());
        details.put("nameA", a.name());
        details.put("machineB", b.id());
        details.put("nameB", b.name());
        details.put("nonces", overlap.nonces());
        details.put("rounds", overlap.rounds());
        String text = "Machines " + a.text() + " and " + b.text() + " mine the same plot files (overlap): they sent "
                + overlap.nonces() + " equal nonces in " + overlap.rounds()
                + " rounds. Remove the plot files that both have from one of them.";
        return new Alert(Alert.Kind.PLOTS_OVERLAP, at, text, details);
    }

    private static String tib(double tib) {
        return Double.isNaN(tib) ? "nothing" : Capacity.text(tib);
    }

    private static String since(CapacityDrop drop) {
        return drop.since().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
