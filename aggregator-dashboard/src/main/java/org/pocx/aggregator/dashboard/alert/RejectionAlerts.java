package org.pocx.aggregator.dashboard.alert;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.time.Scheduler;

/**
 * Reports the first rejected nonce at once, and further ones as one count every ten minutes, because a damaged plot
 * causes a rejection in every round. Thread-safe; guarded by its monitor.
 */
final class RejectionAlerts {
    static final Duration WINDOW = Duration.ofMinutes(10);

    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Consumer<Alert> alerts;
    private boolean windowOpen;
    private long count;
    private @Nullable FateChanged last;

    RejectionAlerts(Scheduler scheduler, InstantSource clock, Consumer<Alert> alerts) {
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
        String who = "machine " + AlertText.of(event.nonce().miner()) + ", account "
                + event.nonce().submission().accountId() + ": " + words;
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("count", count);
        details.put("machine", event.nonce().miner().id());
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
