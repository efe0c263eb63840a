package org.pocx.aggregator.cli;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pocx.aggregator.cli.config.ConfigException;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.cli.config.SettingsChange;

/**
 * Reads the configuration anew and changes what can change in a running program. For one thread at a time.
 */
final class Reload implements Runnable {
    private final Supplier<Settings> reader;
    private final Settings started;
    private final Consumer<Settings> takeUp;
    private final Logger log;
    private Settings last;

    /**
     * @param started what the program runs with
     * @param reader reads the configuration; {@link ConfigException} when it is wrong
     * @param takeUp changes the running program
     */
    Reload(Settings started, Supplier<Settings> reader, Consumer<Settings> takeUp, Logger log) {
        this.started = started;
        this.last = started;
        this.reader = reader;
        this.takeUp = takeUp;
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
            log.log(Level.WARNING, "The configuration stays as it was (SIGHUP): " + reason);
            return Optional.empty();
        }
    }

    private void change(Settings changed) {
        SettingsChange change = SettingsChange.between(started, last, changed);
        takeUp.accept(changed);
        last = changed;
        changed.warnings().forEach(warning -> log.log(Level.WARNING, warning));
        change.restart().forEach(key -> log.log(Level.WARNING, key + " has changed, which needs a restart"));
        log.log(
                Level.INFO,
                change.live().isEmpty()
                        ? "The configuration is read anew (SIGHUP): nothing has changed that a running program takes up"
                        : "The configuration is read anew (SIGHUP), taken up: " + String.join(", ", change.live()));
    }
}
