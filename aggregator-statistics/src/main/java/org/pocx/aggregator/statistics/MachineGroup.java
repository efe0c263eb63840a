package org.pocx.aggregator.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The sums of the machines of one group. Immutable.
 *
 * @param name the group; empty for the machines without one
 * @param machines its known machines, at least 1
 * @param active those seen within 5 minutes
 * @param silent those that are silent
 * @param capacityTib estimate in TiB, the sum over its machines; infinite if one of them is
 * @param expectedTib the sum of the expected capacities in TiB; empty if none of its machines has one
 * @param counts of the nonces of its machines
 */
public record MachineGroup(
        Optional<String> name,
        int machines,
        int active,
        int silent,
        double capacityTib,
        OptionalDouble expectedTib,
        FateCounts counts) {

    /** The groups of the machines by name, last the machines without a group. */
    static List<MachineGroup> of(List<FarmSnapshot.Machine> machines) {
        Map<Optional<String>, List<FarmSnapshot.Machine>> byGroup = machines.stream()
                .collect(Collectors.groupingBy(
                        machine -> machine.profile().group(),
                        () -> new TreeMap<>(Comparator.comparing((Optional<String> name) -> name.isEmpty())
                                .thenComparing(name -> name.orElse(""))),
                        Collectors.toList()));
        return byGroup.entrySet().stream()
                .map(entry -> sum(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static MachineGroup sum(Optional<String> name, List<FarmSnapshot.Machine> machines) {
        return new MachineGroup(
                name,
                machines.size(),
                (int) machines.stream().filter(FarmSnapshot.Machine::active).count(),
                (int) machines.stream().filter(FarmSnapshot.Machine::silent).count(),
                machines.stream().mapToDouble(FarmSnapshot.Machine::capacityTib).sum(),
                expected(machines),
                machines.stream().map(FarmSnapshot.Machine::counts).reduce(FateCounts.NONE, FateCounts::plus));
    }

    private static OptionalDouble expected(List<FarmSnapshot.Machine> machines) {
        double sum = machines.stream()
                .map(machine -> machine.profile().capacityTib())
                .flatMapToDouble(tib -> tib.stream())
                .sum();
        return sum > 0 ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }
}
