package org.pocx.aggregator.dashboard.alert;

import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.statistics.MachineDirectory;
import org.pocx.aggregator.statistics.StatisticsListener;

/**
 * Posts alerts to one URL: silent machines, an unreachable upstream, a locked wallet, rejected nonces, a store that
 * cannot be written, the end of these conditions, and won blocks.
 *
 * <p>Add {@link #listener} to the aggregator, and {@link #statisticsListener} to its statistics. They only put alerts
 * into a bounded queue. A separate thread delivers them, retries failed messages, and sends one summary if there are
 * more alerts than the hourly limit allows.
 *
 * <p>Thread-safe.
 */
public final class WebhookAlerts implements AutoCloseable {
    private final DeliveryTiming timing;
    private final Scheduler scheduler;
    private final AlertQueue queue = new AlertQueue();
    private final Webhook webhook;
    private final AlertListener listener;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();

    private WebhookAlerts(
            AlertSettings settings,
            MachineDirectory directory,
            DeliveryTiming timing,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.timing = timing;
        this.scheduler = Scheduler.system("alerts-timer");
        this.webhook = new Webhook(settings, timing.request());
        this.listener = new AlertListener(settings.upstream(), directory, scheduler, clock, queue::offer);
        AlertSender sender = new AlertSender(settings, timing, queue, webhook, clock, nanoTime);
        this.thread = Thread.ofPlatform().daemon().name("alerts").unstarted(sender);
    }

    /**
     * Starts the delivery of alerts.
     *
     * @param settings the webhook, the limit of messages, and the names in alerts
     * @param directory the names of machines in alerts, which may change at any time
     * @return running alerts, with a separate thread until {@link #close()}
     */
    public static WebhookAlerts start(AlertSettings settings, MachineDirectory directory) {
        return start(
                Objects.requireNonNull(settings, "settings"),
                Objects.requireNonNull(directory, "directory"),
                DeliveryTiming.USUAL);
    }

    static WebhookAlerts start(AlertSettings settings, MachineDirectory directory, DeliveryTiming timing) {
        WebhookAlerts alerts = new WebhookAlerts(settings, directory, timing, WallClock.system(), System::nanoTime);
        alerts.thread.start();
        return alerts;
    }

    /** {@return the listener for the events of one aggregator; never blocks} */
    public AggregatorListener listener() {
        return listener;
    }

    /** {@return the listener for the events of its statistics; never blocks} */
    public StatisticsListener statisticsListener() {
        return listener;
    }

    /** Tries once more to deliver the remaining alerts, for up to 2 s, then drops them. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        scheduler.close();
        queue.close();
        try {
            if (!thread.join(timing.drain())) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        webhook.close();
    }
}
