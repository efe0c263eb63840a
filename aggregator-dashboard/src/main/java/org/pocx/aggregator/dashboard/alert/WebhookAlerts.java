package org.pocx.aggregator.dashboard.alert;

import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.statistics.StatisticsListener;

/**
 * Posts what the farm's owner should know to one URL: machines that went silent and are back, the upstream down and back, a
 * locked wallet, rejected nonces, a store that cannot be written.
 *
 * <p>Give {@link #listener} to the aggregator, and {@link #statisticsListener} to its statistics. They only put alerts into a bounded queue; a thread of its own delivers them,
 * repeats what fails, and makes one message of many when there are more than the hourly limit allows.
 *
 * <p>Thread-safe.
 */
public final class WebhookAlerts implements AutoCloseable {
    private final Timing timing;
    private final Scheduler scheduler;
    private final AlertQueue queue = new AlertQueue();
    private final Webhook webhook;
    private final AlertListener listener;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();

    private WebhookAlerts(AlertSettings settings, Timing timing, InstantSource clock, LongSupplier nanoTime) {
        this.timing = timing;
        this.scheduler = Scheduler.system("alerts-timer");
        this.webhook = new Webhook(settings, timing.request());
        this.listener = new AlertListener(settings.upstream(), scheduler, clock, queue::offer);
        AlertSender sender = new AlertSender(settings, timing, queue, webhook, clock, nanoTime);
        this.thread = Thread.ofPlatform().daemon().name("alerts").unstarted(sender);
    }

    /**
     * Begins to wait for alerts; nothing is sent before there is one.
     *
     * @param settings the webhook, how often it may be called, and what alerts say of the farm
     * @return what waits, with a thread of its own until {@link #close()}
     */
    public static WebhookAlerts start(AlertSettings settings) {
        return start(Objects.requireNonNull(settings, "settings"), Timing.USUAL);
    }

    static WebhookAlerts start(AlertSettings settings, Timing timing) {
        WebhookAlerts alerts = new WebhookAlerts(settings, timing, WallClock.system(), System::nanoTime);
        alerts.thread.start();
        return alerts;
    }

    /** {@return what is to receive the events of one aggregator; never blocks} */
    public AggregatorListener listener() {
        return listener;
    }

    /** {@return what is to receive the events of its statistics; never blocks} */
    public StatisticsListener statisticsListener() {
        return listener;
    }

    /** Tries once more to deliver what is left, for up to 2 s, then drops it. Idempotent. */
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
