package org.pocx.aggregator.dashboard.alert;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.statistics.MachineDirectory;

/**
 * A machine as alerts show it.
 *
 * @param id its {@link MinerId#id}
 * @param name the configured name, else its own, or empty
 * @param text for people: {@link MachineDirectory#label}
 */
record AlertedMachine(String id, String name, String text) {

    static AlertedMachine of(MinerId miner, MachineDirectory directory) {
        String id = miner.id();
        return new AlertedMachine(
                id, directory.of(id).name().orElse(miner.name()), AlertText.clean(directory.label(id)));
    }

    /** The members of an alert that identify the machine; the caller may add more. */
    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("machine", id);
        details.put("name", name);
        return details;
    }
}
