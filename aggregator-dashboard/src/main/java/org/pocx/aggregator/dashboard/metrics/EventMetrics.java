package org.pocx.aggregator.dashboard.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

import org.pocx.aggregator.dashboard.json.JsonNames;
/** Counts events. Thread-safe: adders, and the monitor of {@link AttemptTimes} for nonces that are being sent. */
final class EventMetrics implements AggregatorListener {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CounterDataPoint rounds;
    private final CounterDataPoint revivedRounds;
    private final CounterDataPoint requests;
    private final CounterDataPoint received;
    private final CounterDataPoint suspected;
    private final CounterDataPoint overClaims;
    private final CounterDataPoint resends;
    private final CounterDataPoint held;
    private final CounterDataPoint failovers;
    private final CounterDataPoint returns;
    private final Map<Fate, CounterDataPoint> outcomes = new EnumMap<>(Fate.class);
    private final UpstreamErrorCounters troubles;
    private final DistributionDataPoint confirmation;
    private final DistributionDataPoint attempt;
    private final DistributionDataPoint commit;
    private final AttemptTimes attempts;

    private final AtomicInteger roundsSinceConfirmation = new AtomicInteger();
    private volatile boolean walletLocked;

    EventMetrics(PrometheusRegistry registry, LongSupplier nanoTime) {
        rounds = counter(registry, "pocx_rounds_total", "Rounds that began, including revived ones.");
        revivedRounds =
                counter(registry, "pocx_rounds_revived_total", "Rounds that became current again after a fork.");
        requests = counter(registry, "pocx_miner_requests_total", "Polls and nonces from miners.");
        received = counter(
                registry,
                "pocx_submissions_received_total",
                "Nonces that were received, without repeated ones.");
        suspected = counter(
                registry,
                "pocx_machines_suspected_total",
                "Machines that had a third bad nonce in a round: rejected, or confirmed worse than claimed.");
        overClaims = counter(
                registry,
                "pocx_submissions_confirmed_worse_total",
                "Nonces that the upstream confirmed with a worse raw quality than claimed.");
        resends = counter(
                registry,
                "pocx_resends_total",
                "Confirmed nonces that were sent again because the upstream may have lost them.");
        held = counter(
                registry,
                "pocx_upstream_held_total",
                "Attempts that ended because the upstream, another aggregator, had no verdict yet.");
        Counter switches = Counter.builder()
                .name("pocx_upstream_switches_total")
                .help("Switches of the active upstream: to another one as it failed, or back to a preferred one.")
                .labelNames("kind")
                .withoutExemplars()
                .register(registry);
        failovers = switches.labelValues("failover");
        returns = switches.labelValues("return");
        outcomes(registry);
        troubles = new UpstreamErrorCounters(registry);
        confirmation = histogram(
                registry,
                "pocx_confirmation_seconds",
                "Time from the reception of a nonce to its confirmation by the upstream.",
                0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300);
        attempt = histogram(
                registry,
                "pocx_forward_attempt_seconds",
                "Duration of one attempt to send a nonce to the upstream, with any result.",
                0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120);
        commit = histogram(
                registry,
                "pocx_store_commit_seconds",
                "Time from passing a change to the store until it is on disk.",
                0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5);
        attempts = new AttemptTimes(nanoTime);
        gauges(registry);
    }

    private void outcomes(PrometheusRegistry registry) {
        Counter counter = Counter.builder()
                .name("pocx_submissions_total")
                .help("Nonces by outcome; a nonce whose outcome changes (promoted, revived) is counted again.")
                .labelNames("outcome")
                .withoutExemplars()
                .register(registry);
        for (Fate fate : Fate.values()) {
            if (fate != Fate.PENDING) {
                outcomes.put(fate, counter.labelValues(JsonNames.of(fate)));
            }
        }
    }

    private void gauges(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("pocx_rounds_since_confirmation")
                .help("Rounds that began since the last nonce that was confirmed or taken over, or since the start.")
                .callback(gauge -> gauge.call(roundsSinceConfirmation.get()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("pocx_upstream_wallet_locked")
                .help("1 if the last attempt to send a nonce failed because the node's wallet was locked.")
                .callback(gauge -> gauge.call(walletLocked ? 1 : 0))
                .register(registry);
    }

    private static CounterDataPoint counter(PrometheusRegistry registry, String name, String help) {
        return Counter.builder().name(name).help(help).withoutExemplars().register(registry);
    }

    private static DistributionDataPoint histogram(
            PrometheusRegistry registry, String name, String help, double... bounds) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(bounds)
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public void on(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.NonceRepeated repeated -> {}
            case AggregatorEvent.MinerSeen seen -> requests.inc();
            case AggregatorEvent.FateChanged changed -> fateChanged(changed);
            case AggregatorEvent.StoreWritten written -> commit.observe(written.took().toNanos() / NANOS);
            case AggregatorEvent.Forwarded forwarded -> forwarded(forwarded);
            case AggregatorEvent.Delayed delayed -> delayed(delayed);
            case AggregatorEvent.Held waiting -> {
                held.inc();
                attemptEnded(waiting.nonce());
            }
            case AggregatorEvent.RoundChanged changed -> roundChanged(changed.kind());
            case AggregatorEvent.MachineSuspected suspicion -> suspected.inc();
            case AggregatorEvent.UpstreamDown down ->
                troubles.count(UpstreamErrorCounters.Request.POLL, down.trouble());
            case AggregatorEvent.Started started -> {}
            case AggregatorEvent.Stopped stopped -> {}
            case AggregatorEvent.AccountAccepted accepted -> {}
            case AggregatorEvent.UpstreamUp up -> {}
            case AggregatorEvent.RequestsMisfit misfit -> {}
            case AggregatorEvent.Synchronising synchronising -> {}
            case AggregatorEvent.UpstreamSwitched switched -> (switched.isReturn() ? returns : failovers).inc();
            case AggregatorEvent.UpstreamStateChanged changed -> {}
            case AggregatorEvent.ClockChanged changed -> {}
            case AggregatorEvent.StoreDown down -> {}
            case AggregatorEvent.StoreUp up -> {}
        }
    }

    private void roundChanged(AggregatorEvent.RoundChanged.Kind kind) {
        switch (kind) {
            case OPENED -> {
                rounds.inc();
                roundsSinceConfirmation.incrementAndGet();
            }
            case REVIVED -> {
                rounds.inc();
                revivedRounds.inc();
                roundsSinceConfirmation.incrementAndGet();
            }
            case REANNOUNCED -> {}
        }
    }

    private void forwarded(AggregatorEvent.Forwarded event) {
        if (event.resendReason().isPresent()) {
            resends.inc();
        } else {
            attempts.begun(event.nonce().submission());
        }
    }

    private void delayed(AggregatorEvent.Delayed event) {
        attemptEnded(event.nonce());
        troubles.count(UpstreamErrorCounters.Request.SUBMIT, event.trouble());
        walletLocked = event.trouble().kind() == UpstreamTrouble.Kind.WALLET_LOCKED;
    }

    private void fateChanged(AggregatorEvent.FateChanged event) {
        if (event.isReceived()) {
            received.inc();
        }
        switch (event.after()) {
            case REFUSED, SUPERSEDED, PENDING -> {}
            case FILTERED -> {
                if (event.before() == Fate.PENDING) {
                    attemptEnded(event.nonce());
                }
            }
            case TAKEN_OVER -> {
                roundsSinceConfirmation.set(0);
                verdict(event.nonce());
            }
            case CONFIRMED -> {
                if (event.isOverClaim()) {
                    overClaims.inc();
                }
                roundsSinceConfirmation.set(0);
                confirmation.observe(event.sinceReceived().toNanos() / NANOS);
                verdict(event.nonce());
            }
            case REJECTED, STALE -> {
                if (!event.unsent()) {
                    verdict(event.nonce());
                }
            }
            case EXPIRED -> attemptEnded(event.nonce());
        }
        CounterDataPoint counter = outcomes.get(event.after());
        if (counter != null) {
            counter.inc();
        }
    }

    private void verdict(ReceivedNonce nonce) {
        walletLocked = false;
        attemptEnded(nonce);
    }

    private void attemptEnded(ReceivedNonce nonce) {
        attempts.ended(nonce.submission()).ifPresent(nanos -> attempt.observe(nanos / NANOS));
    }
}
