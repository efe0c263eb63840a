package org.pocx.aggregator.statistics.finding;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of all machines at one moment.
 *
 * @param capacities by the id of the machine; machines without a usable round are missing
 * @param overlaps the overlaps of the last week, the newest first
 */
public record FarmFindings(Map<String, MachineCapacity> capacities, List<PlotOverlap> overlaps) {
    /** Nothing is known. */
    public static final FarmFindings NONE = new FarmFindings(Map.of(), List.of());

    /** Copies both. */
    public FarmFindings {
        capacities = Map.copyOf(capacities);
        overlaps = List.copyOf(overlaps);
    }

    /**
     * {@return the capacity of a machine, if something is known of it}
     *
     * @param machine its id
     */
    public Optional<MachineCapacity> capacity(String machine) {
        return Optional.ofNullable(capacities.get(machine));
    }

    /**
     * {@return the lost capacity of a machine, if it lost some}
     *
     * @param machine its id
     */
    public Optional<CapacityDrop> drop(String machine) {
        return capacity(machine).flatMap(MachineCapacity::drop);
    }
}
