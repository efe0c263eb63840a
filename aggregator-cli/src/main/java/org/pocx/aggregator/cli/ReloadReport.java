package org.pocx.aggregator.cli;

import java.util.List;
import java.util.stream.Stream;
import org.pocx.aggregator.cli.config.SettingsChange;
import org.pocx.aggregator.cli.control.ControlReply;

/** The result of a reload of the configuration, for the user who requested it. */
sealed interface ReloadReport {
    /** The first line about a configuration that is wrong. */
    String NOT_RELOADED = "not reloaded, the running program keeps its configuration:";

    /** Returns the answer to the command {@code reload}. */
    ControlReply reply();

    /**
     * The configuration is valid, and was applied as far as a running program can.
     *
     * @param change the differences
     * @param warnings settings that are probably not intended, one line each
     */
    record Applied(SettingsChange change, List<String> warnings) implements ReloadReport {
        public Applied {
            warnings = List.copyOf(warnings);
        }

        @Override
        public ControlReply reply() {
            return new ControlReply(
                    0,
                    Stream.of(
                            warnings.stream().map(warning -> "Warning: " + warning),
                            change.restart().stream().map(key -> key + " has changed; this needs a restart"),
                            Stream.of(
                                    change.live().isEmpty()
                                            ? "Reloaded: no changes that apply at run time"
                                            : "Reloaded, applied: " + String.join(", ", change.live())))
                            .flatMap(lines -> lines)
                            .toList());
        }
    }

    /**
     * The configuration is wrong. Nothing was applied.
     *
     * @param faults what is wrong, with file and line; one or more lines
     */
    record Refused(String faults) implements ReloadReport {
        @Override
        public ControlReply reply() {
            return new ControlReply(
                    2,
                    Stream.concat(
                            Stream.of("pocx-aggregator: " + NOT_RELOADED), faults.lines())
                            .toList());
        }
    }
}
