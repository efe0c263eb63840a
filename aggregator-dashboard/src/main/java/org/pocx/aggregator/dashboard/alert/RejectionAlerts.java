package org.pocx.aggregator.dashboard.alert;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.statistics.MachineDirectory;

/**
 * Reports the first rejected nonce at once, and further ones as one count every ten minutes, because a damaged plot
 * causes a rejection in every round. Thread-safe; guarded by its monitor.
 */
final class RejectionAlerts {
    static final Duration WINDOW = Duration.ofMinutes(10);

    private final MachineDirectory directory;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Consumer<Alert> alerts;
    private boolean windowOpen;
    private long count;
    private @Nullable FateChanged last;

    RejectionAlerts(
            MachineDirectory directory, Scheduler scheduler, InstantSource clock, Consumer<Alert> alerts) {
        this.directory = directory;
        this.scheduler = scheduler;
        this.clock = clock;
        this.alerts = alerts;
    }

    synchronized void rejected(FateChanged event) {
        count++;
        last = event;
        if (!windowOpen) {
            tell();
        }
    }

    private synchronized void windowEnded() {
        windowOpen = false;
        if (count > 0) {
            tell();
        }
    }

    private void tell() {
        if (last != null) {
            alerts.accept(alert(last));
        }
        count = 0;
        last = null;
        windowOpen = true;
        scheduler.schedule(WINDOW, this::windowEnded);
    }

    private Alert alert(FateChanged event) {
        String words = AlertText.clean(event.message());
        AlertedMachine machine = AlertedMachine.of(event.nonce().miner(), directory);
        String who = "machine " + machine.text() + ", account "
                + event.nonce().submission().accountId() + ": " + words;
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("count", count);
        details.putAll(machine.details());
        details.put("account", event.nonce().submission().accountId());
        details.put("reason", words);
        return new Alert(
                Alert.Kind.NONCES_REJECTED,
                clock.instant(),
                count == 1
                        ? "The upstream rejected a nonce of " + who
                        : "The upstream rejected " + count + " nonces in the last " + WINDOW.toMinutes()
                                + " minutes, the last one of " + who,
                details);
    }
}
