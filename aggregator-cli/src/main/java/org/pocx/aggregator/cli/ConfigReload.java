package org.pocx.aggregator.cli;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pocx.aggregator.cli.config.ConfigException;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.cli.config.SettingsChange;

/** Reloads the configuration and applies the changes that are possible at run time. For one thread at a time. */
final class ConfigReload implements Runnable {
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

    @Override
    public void run() {
        read().ifPresent(this::change);
    }

    private Optional<Settings> read() {
        try {
            return Optional.of(reader.get());
        } catch (ConfigException wrong) {
            String reason = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("it cannot be read");
            log.log(Level.WARNING, "Cannot reload the configuration (SIGHUP), keeping the current one: " + reason);
            return Optional.empty();
        }
    }

    private void change(Settings changed) {
        SettingsChange change = SettingsChange.between(started, last, changed);
        apply.accept(changed);
        last = changed;
        changed.warnings().forEach(warning -> log.log(Level.WARNING, warning));
        change.restart().forEach(key -> log.log(Level.WARNING, key + " has changed; this needs a restart"));
        log.log(
                Level.INFO,
                change.live().isEmpty()
                        ? "The configuration was reloaded (SIGHUP): no changes that apply at run time"
                        : "The configuration was reloaded (SIGHUP), applied: " + String.join(", ", change.live()));
    }
}
