package org.pocx.aggregator.dashboard.alert;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Takes alerts from the queue and delivers them one after the other. Each one is retried until the webhook accepts it
 * or the time for retries is over. Meanwhile further alerts collect in the queue and are sent together.
 *
 * <p>Confined to one thread.
 */
final class AlertSender implements Runnable {
    private static final System.Logger LOG = System.getLogger(AlertSender.class.getName());

    private final AlertSettings settings;
    private final DeliveryTiming timing;
    private final AlertQueue queue;
    private final Webhook webhook;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final MessageRateLimiter budget;
    private boolean failing;

    AlertSender(
            AlertSettings settings,
            DeliveryTiming timing,
            AlertQueue queue,
            Webhook webhook,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.timing = timing;
        this.queue = queue;
        this.webhook = webhook;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.budget = new MessageRateLimiter(settings.maxPerHour(), nanoTime.getAsLong());
    }

    @Override
    public void run() {
        try {
            while (queue.awaitOne()) {
                queue.pause(Math.max(timing.gather().toNanos(), budget.untilOne(nanoTime.getAsLong())));
                send();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the time for the remaining alerts is over
        }
    }

    private void send() throws InterruptedException {
        int allowed = queue.isClosed() ? 1 : budget.available(nanoTime.getAsLong());
        List<Alert> alerts = queue.drain().messages(allowed, clock.instant());
        long begun = nanoTime.getAsLong();
        for (Alert alert : alerts) {
            budget.spend(nanoTime.getAsLong());
            deliver(alert, begun);
        }
    }

    private void deliver(Alert alert, long begun) throws InterruptedException {
        byte[] json = alert.json(settings.farm());
        Duration wait = timing.firstRetry();
        while (true) {
            boolean last = queue.isClosed();
            switch (webhook.post(json)) {
                case Webhook.Result.Done done -> {
                    delivered();
                    return;
                }
                case Webhook.Result.Refused refused -> {
                    lost(alert, refused.reason());
                    return;
                }
                case Webhook.Result.Failed failed -> {
                    if (last || nanoTime.getAsLong() - begun >= timing.giveUp().toNanos()) {
                        lost(alert, failed.reason());
                        return;
                    }
                    deliveryFailed(failed.reason());
                    queue.pause(longer(wait, failed.retryAfter()).toNanos());
                    wait = shorter(wait.multipliedBy(2), timing.longestRetry());
                }
            }
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void delivered() {
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "The alert webhook at {0} accepts alerts again", settings.place());
        }
    }

    private void deliveryFailed(String reason) {
        if (!failing) {
            failing = true;
            LOG.log(
                    Level.WARNING,
                    "The alert webhook at {0} does not accept alerts ({1}), trying again for up to {2}",
                    settings.place(),
                    reason,
                    AlertText.of(timing.giveUp()));
        }
    }

    private void lost(Alert alert, String reason) {
        failing = true;
        LOG.log(
                Level.WARNING,
                "The alert webhook at {0} did not accept an alert ({1}), it is lost: {2}",
                settings.place(),
                reason,
                alert.text());
    }
}
