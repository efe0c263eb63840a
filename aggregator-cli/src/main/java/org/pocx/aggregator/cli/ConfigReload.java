package org.pocx.aggregator.cli;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pocx.aggregator.cli.config.ConfigException;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.cli.config.SettingsChange;

/**
 * Reloads the configuration and applies the changes that are possible at run time.
 *
 * <p>Thread-safe: its monitor serialises the reloads.
 */
final class ConfigReload {
    private final Supplier<Settings> reader;
    private final Settings started;
    private final Consumer<Settings> apply;
    private final Logger log;
    private Settings last;

    /**
     * @param started the settings that the program was started with
     * @param reader reads the configuration; throws {@link ConfigException} when it is wrong
     * @param apply applies settings to the running program
     */
    ConfigReload(Settings started, Supplier<Settings> reader, Consumer<Settings> apply, Logger log) {
        this.started = started;
        this.last = started;
        this.reader = reader;
        this.apply = apply;
        this.log = log;
    }

    /** Reads the configuration and applies what can change at run time. A wrong configuration changes nothing. */
    synchronized ReloadReport reload(ReloadCause cause) {
        Settings changed;
        try {
            changed = reader.get();
        } catch (ConfigException wrong) {
            String faults = String.valueOf(wrong.getMessage());
            String first = faults.lines().findFirst().orElse("it cannot be read");
            log.log(Level.WARNING,
                    "Cannot reload the configuration (" + cause + "), keeping the current one: " + first);
            return new ReloadReport.Refused(faults);
        }
        return change(changed, cause);
    }

    private ReloadReport change(Settings changed, ReloadCause cause) {
        SettingsChange change = SettingsChange.between(started, last, changed);
        apply.accept(changed);
        last = changed;
        changed.warnings().forEach(warning -> log.log(Level.WARNING, warning));
        change.restart().forEach(key -> log.log(Level.WARNING, key + " has changed; this needs a restart"));
        log.log(
                Level.INFO,
                change.live().isEmpty()
                        ? "The configuration was reloaded (" + cause + "): no changes that apply at run time"
                        : "The configuration was reloaded (" + cause + "), applied: "
                                + String.join(", ", change.live()));
        return new ReloadReport.Applied(change, changed.warnings());
    }
}
