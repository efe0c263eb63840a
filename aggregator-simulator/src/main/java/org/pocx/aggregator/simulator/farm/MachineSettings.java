package org.pocx.aggregator.simulator.farm;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/**
 * One mining machine.
 *
 * @param address what it connects from: a loopback address (127.x.y.z), no other machine's
 * @param plots what it mines; at least one. Unmodifiable
 * @param behaviour what it makes of its nonces
 */
public record MachineSettings(InetAddress address, List<Plot> plots, Behaviour behaviour) {
    /**
     * Takes a machine that can mine, and copies its plots.
     *
     * @throws IllegalArgumentException when the address is not a loopback address, or there is no plot
     */
    public MachineSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(plots, "plots");
        Objects.requireNonNull(behaviour, "behaviour");
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException("a simulated machine must have a loopback address");
        }
        if (plots.isEmpty()) {
            throw new IllegalArgumentException("a machine needs a plot");
        }
        plots = List.copyOf(plots);
    }

    /**
     * {@return the same machine, gone bad, or good again}
     *
     * @param other how it treats what it finds
     */
    public MachineSettings withBehaviour(Behaviour other) {
        return new MachineSettings(address, plots, other);
    }

    /** {@return its capacity in all, in TiB} */
    public double capacityTib() {
        return plots.stream().mapToDouble(Plot::capacityTib).sum();
    }
}
