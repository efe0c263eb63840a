package org.pocx.aggregator.dashboard.alert;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.statistics.StatisticsEvent;
import org.pocx.aggregator.statistics.StatisticsListener;

/**
 * Creates alerts from events. Thread-safe: its monitor guards the state of the upstream's outage, and nothing blocks
 * under it.
 */
final class AlertListener implements AggregatorListener, StatisticsListener {
    /** Shorter outages are not reported. */
    static final Duration LEAST_OUTAGE = Duration.ofSeconds(5);

    private volatile String upstream;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Consumer<Alert> alerts;
    private final RejectionAlerts rejections;
    private final AtomicBoolean walletLocked = new AtomicBoolean();

    private Scheduler.@Nullable Task suspicion;
    private boolean outageTold;

    /** @param alerts receives the alerts; must not block */
    AlertListener(String upstream, Scheduler scheduler, InstantSource clock, Consumer<Alert> alerts) {
        this.upstream = upstream;
        this.scheduler = scheduler;
        this.clock = clock;
        this.alerts = alerts;
        this.rejections = new RejectionAlerts(scheduler, clock, alerts);
    }

    @Override
    public void on(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.FateChanged changed -> fateChanged(changed);
            case AggregatorEvent.Delayed delayed -> delayed(delayed.trouble());
            case AggregatorEvent.UpstreamDown down -> {
                if (down.first()) {
                    upstreamDown(down.trouble());
                }
            }
            case AggregatorEvent.UpstreamUp up -> upstreamUp(up.outage());
            case AggregatorEvent.StoreDown down -> storeDown(down);
            case AggregatorEvent.StoreUp up -> tell(
                    Alert.Kind.STORE_BACK,
                    "Nonces can be written to disk again after " + AlertText.of(up.outage()) + ".",
                    Map.of("outageSecs", up.outage().toSeconds()));
            case AggregatorEvent.Started started -> {}
            case AggregatorEvent.Stopped stopped -> {}
            case AggregatorEvent.RoundChanged changed -> {}
            case AggregatorEvent.MinerSeen seen -> {}
            case AggregatorEvent.Forwarded forwarded -> {}
            case AggregatorEvent.MachineSuspected suspected -> {}
            case AggregatorEvent.AccountAccepted accepted -> {}
            case AggregatorEvent.RequestsMisfit misfit -> {}
            case AggregatorEvent.Synchronising synchronising -> {}
            case AggregatorEvent.UpstreamSwitched switched -> switched(switched);
            case AggregatorEvent.UpstreamStateChanged changed -> {}
            case AggregatorEvent.ClockChanged changed -> {}
            case AggregatorEvent.StoreWritten written -> {}
        }
    }

    @Override
    public void on(StatisticsEvent event) {
        switch (event) {
            case StatisticsEvent.MachineSilent silent -> {
                Map<String, Object> details = machine(silent.miner());
                details.put("missedRounds", silent.missedRounds());
                tell(
                        Alert.Kind.MACHINE_SILENT,
                        "Machine " + AlertText.of(silent.miner()) + " went silent: no nonce of it for "
                                + silent.missedRounds() + " rounds. Check its power, network and plots.",
                        details);
            }
            case StatisticsEvent.MachineBack back -> {
                Map<String, Object> details = machine(back.miner());
                details.put("silenceSecs", back.silence().toSeconds());
                tell(
                        Alert.Kind.MACHINE_BACK,
                        "Machine " + AlertText.of(back.miner()) + " is back after " + AlertText.of(back.silence())
                                + ".",
                        details);
            }
            case StatisticsEvent.EventRecorded recorded -> {}
        }
    }

    private void switched(AggregatorEvent.UpstreamSwitched event) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("from", event.from());
        details.put("to", event.to());
        details.put("reason", event.reason());
        if (event.isReturn()) {
            tell(
                    Alert.Kind.UPSTREAM_RETURNED,
                    "Returned to the upstream " + event.to() + " from " + event.from() + ": " + event.reason() + ".",
                    details);
        } else {
            tell(
                    Alert.Kind.UPSTREAM_SWITCHED,
                    "Switched from the upstream " + event.from() + " to " + event.to() + ": " + event.reason()
                            + ". Check " + event.from() + ".",
                    details);
        }
        upstream = event.to();
    }

    private static Map<String, Object> machine(MinerId miner) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("machine", miner.address());
        details.put("label", miner.label());
        return details;
    }

    private synchronized void upstreamDown(UpstreamTrouble trouble) {
        if (suspicion == null && !outageTold) {
            suspicion = scheduler.schedule(LEAST_OUTAGE, () -> outage(trouble));
        }
    }

    private synchronized void outage(UpstreamTrouble trouble) {
        if (suspicion == null) {
            return; // the outage has just ended
        }
        suspicion = null;
        outageTold = true;
        String words = AlertText.clean(trouble.message().text());
        tell(
                Alert.Kind.UPSTREAM_DOWN,
                "The upstream " + upstream + " does not answer as it should: " + words
                        + ". Good nonces are kept and sent when it is back.",
                Map.of("reason", words));
    }

    private synchronized void upstreamUp(Duration outage) {
        if (suspicion != null) {
            suspicion.cancel();
            suspicion = null;
        }
        if (outageTold) {
            outageTold = false;
            tell(
                    Alert.Kind.UPSTREAM_BACK,
                    "The upstream " + upstream + " answers again after " + AlertText.of(outage) + ".",
                    Map.of("outageSecs", outage.toSeconds()));
        }
    }

    private void delayed(UpstreamTrouble trouble) {
        if (trouble.kind() == UpstreamTrouble.Kind.WALLET_LOCKED && walletLocked.compareAndSet(false, true)) {
            String words = AlertText.clean(trouble.message().text());
            tell(
                    Alert.Kind.WALLET_LOCKED,
                    "The wallet of " + upstream + " is locked, nonces wait: unlock it (" + words + ").",
                    Map.of("reason", words));
        }
    }

    private void fateChanged(AggregatorEvent.FateChanged event) {
        switch (event.after()) {
            case REFUSED, FILTERED, SUPERSEDED, PENDING, EXPIRED -> {}
            case CONFIRMED, STALE -> walletLocked.set(false);
            case REJECTED -> {
                walletLocked.set(false);
                rejections.rejected(event);
            }
        }
    }

    private void storeDown(AggregatorEvent.StoreDown event) {
        if (event.first()) {
            String words = AlertText.clean(event.reason());
            tell(
                    Alert.Kind.STORE_DOWN,
                    "Nonces cannot be written to disk: " + words
                            + ". Mining continues without the database. Fix the problem; no restart is needed.",
                    Map.of("reason", words));
        }
    }

    private void tell(Alert.Kind kind, String text, Map<String, Object> details) {
        alerts.accept(new Alert(kind, clock.instant(), text, details));
    }
}
