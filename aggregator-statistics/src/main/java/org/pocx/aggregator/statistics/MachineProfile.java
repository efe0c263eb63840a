package org.pocx.aggregator.statistics;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the owner of the farm says about a machine.
 *
 * @param name the name to show, if the owner gave one
 * @param group the group that it belongs to, such as a room or rack, if any
 * @param capacityTib its expected capacity in TiB, finite and above 0, if the owner gave one
 */
public record MachineProfile(Optional<String> name, Optional<String> group, OptionalDouble capacityTib) {
    /** Nothing is said. */
    public static final MachineProfile NONE =
            new MachineProfile(Optional.empty(), Optional.empty(), OptionalDouble.empty());

    /**
     * Checks the capacity.
     *
     * @throws IllegalArgumentException if the capacity is not finite and above 0
     */
    public MachineProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(group, "group");
        double tib = capacityTib.orElse(1);
        if (!(tib > 0 && tib < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the capacity must be above 0 TiB, not " + tib);
        }
    }

    /** This profile, with the group of another one if it has none. */
    MachineProfile orGroupOf(MachineProfile other) {
        return group.isPresent() || other.group().isEmpty()
                ? this
                : new MachineProfile(name, other.group(), capacityTib);
    }
}
