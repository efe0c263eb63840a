package org.pocx.aggregator.dashboard.alert;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Takes alerts from the queue and delivers them, one message after the other, each until the webhook takes it or there is
 * no hope. While it repeats one, those that follow gather in the queue and become one message.
 *
 * <p>All of it is confined to one thread.
 */
final class AlertSender implements Runnable {
    private static final System.Logger LOG = System.getLogger(AlertSender.class.getName());

    private final AlertSettings settings;
    private final Timing timing;
    private final AlertQueue queue;
    private final Webhook webhook;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Budget budget;
    private boolean failing;

    AlertSender(
            AlertSettings settings,
            Timing timing,
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
        this.budget = new Budget(settings.maxPerHour(), nanoTime.getAsLong());
    }

    @Override
    public void run() {
        try {
            while (queue.awaitOne()) {
                queue.pause(Math.max(timing.gather().toNanos(), budget.untilOne(nanoTime.getAsLong())));
                send();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the time to end is over
        }
    }

    private void send() throws InterruptedException {
        int messages = queue.isClosed() ? 1 : budget.available(nanoTime.getAsLong());
        List<Alert> alerts = Digest.of(queue.drain(), messages, clock.instant());
        long begun = nanoTime.getAsLong();
        for (Alert alert : alerts) {
            budget.spend(nanoTime.getAsLong());
            deliver(alert, begun);
        }
    }

    private void deliver(Alert alert, long begun) throws InterruptedException {
        byte[] json = AlertJson.of(alert, settings.farm());
        Duration wait = timing.firstRetry();
        while (true) {
            boolean last = queue.isClosed();
            switch (webhook.post(json)) {
                case Delivery.Done done -> {
                    taken();
                    return;
                }
                case Delivery.Refused refused -> {
                    lost(alert, refused.words());
                    return;
                }
                case Delivery.Failed failed -> {
                    if (last || nanoTime.getAsLong() - begun >= timing.giveUp().toNanos()) {
                        lost(alert, failed.words());
                        return;
                    }
                    troubled(failed.words());
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

    private void taken() {
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "The alert webhook at {0} takes alerts again", settings.place());
        }
    }

    private void troubled(String words) {
        if (!failing) {
            failing = true;
            LOG.log(
                    Level.WARNING,
                    "The alert webhook at {0} does not take alerts ({1}), trying again for up to {2}",
                    settings.place(),
                    words,
                    Wording.of(timing.giveUp()));
        }
    }

    private void lost(Alert alert, String words) {
        failing = true;
        LOG.log(
                Level.WARNING,
                "The alert webhook at {0} did not take an alert ({1}), it is lost: {2}",
                settings.place(),
                words,
                alert.text());
    }
}
