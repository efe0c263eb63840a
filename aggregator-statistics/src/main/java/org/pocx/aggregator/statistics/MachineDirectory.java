package org.pocx.aggregator.statistics;

import java.util.Map;
import java.util.stream.Collectors;
import org.pocx.aggregator.core.mining.MinerId;

/**
 * The profiles of machines, by id. The group of an address is also that of each named machine at this address, unless the
 * machine has one; names and capacities are those of single machines.
 *
 * <p>Thread-safe: one volatile reference, replaced as a whole.
 */
public final class MachineDirectory {
    private volatile Map<String, MachineProfile> profiles = Map.of();

    /** A directory without profiles. */
    public MachineDirectory() {}

    /**
     * Replaces all profiles.
     *
     * @param byId by {@link MinerId#id}, in any spelling of the addresses; no machine twice
     * @throws IllegalStateException if two ids are spellings of the same machine
     */
    public void replace(Map<String, MachineProfile> byId) {
        profiles = byId.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> MinerId.ofId(entry.getKey()).id(), Map.Entry::getValue));
    }

    /**
     * {@return a machine for people: {@code name (id)} if it has a display name, else its id}
     *
     * @param machineId its {@link MinerId#id}
     */
    public String label(String machineId) {
        return of(machineId).name().map(name -> name + " (" + machineId + ")").orElse(machineId);
    }

    /**
     * {@return the profile of a machine; {@link MachineProfile#NONE} if nothing is said about it}
     *
     * @param machineId its {@link MinerId#id}
     */
    public MachineProfile of(String machineId) {
        Map<String, MachineProfile> now = profiles;
        if (now.isEmpty()) {
            return MachineProfile.NONE;
        }
        MachineProfile own = now.getOrDefault(machineId, MachineProfile.NONE);
        int slash = machineId.indexOf('/');
        return slash < 0
                ? own
                : own.orGroupOf(now.getOrDefault(machineId.substring(0, slash), MachineProfile.NONE));
    }
}
