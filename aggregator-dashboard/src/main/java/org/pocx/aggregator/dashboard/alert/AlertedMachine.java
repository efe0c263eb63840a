package org.pocx.aggregator.dashboard.alert;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.statistics.MachineDirectory;

/**
 * A machine as alerts show it: by its id, with the name that the configuration gives it.
 *
 * @param id its {@link MinerId#id}
 * @param name the configured name, else its own, or empty
 */
record AlertedMachine(String id, String name) {

    static AlertedMachine of(MinerId miner, MachineDirectory directory) {
        return new AlertedMachine(miner.id(), directory.of(miner.id()).name().orElse(miner.name()));
    }

    /** The id, followed by the name unless the id ends with it. */
    String text() {
        String clean = AlertText.clean(id);
        return name.isEmpty() || id.endsWith("/" + name) ? clean : clean + " (" + AlertText.clean(name) + ")";
    }

    /** The members of an alert that identify the machine; the caller may add more. */
    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("machine", id);
        details.put("name", name);
        return details;
    }
}
