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
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.statistics.MachineDirectory;
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
    private final MachineDirectory directory;
    private final FindingAlerts findings;
    private final BlockAlerts blocks;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Consumer<Alert> alerts;
    private final RejectionAlerts rejections;
    private final AtomicBoolean walletLocked = new AtomicBoolean();

    private Scheduler.@Nullable Task suspicion;
    private boolean outageTold;

    /**
     * @param directory the names of machines
     * @param alerts receives the alerts; must not block
     */
    AlertListener(
            String upstream,
            MachineDirectory directory,
            Scheduler scheduler,
            InstantSource clock,
            Consumer<Alert> alerts) {
        this.upstream = upstream;
        this.directory = directory;
        this.findings = new FindingAlerts(directory);
        this.blocks = new BlockAlerts(directory);
        this.scheduler = scheduler;
        this.clock = clock;
        this.alerts = alerts;
        this.rejections = new RejectionAlerts(directory, scheduler, clock, alerts);
    }

    @Override
    public void on(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.FateChanged changed -> fateChanged(changed);
            case AggregatorEvent.Delayed delayed -> delayed(delayed.trouble());
            case AggregatorEvent.Held held -> {}
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
            case AggregatorEvent.NonceRepeated repeated -> {}
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
                AlertedMachine machine = AlertedMachine.of(silent.miner(), directory);
                Map<String, Object> details = machine.details();
                details.put("missedRounds", silent.missedRounds());
                tell(
                        Alert.Kind.MACHINE_SILENT,
                        "Machine " + machine.text() + " went silent: no nonce of it for "
                                + silent.missedRounds() + " rounds. Check its power, network and plots.",
                        details);
            }
            case StatisticsEvent.MachineBack back -> {
                AlertedMachine machine = AlertedMachine.of(back.miner(), directory);
                Map<String, Object> details = machine.details();
                details.put("silenceSecs", back.silence().toSeconds());
                tell(
                        Alert.Kind.MACHINE_BACK,
                        "Machine " + machine.text() + " is back after " + AlertText.of(back.silence())
                                + ".",
                        details);
            }
            case StatisticsEvent.BadNonceFound bad -> {
                if (bad.isNew()) {
                    badPlot(bad);
                }
            }
            case StatisticsEvent.BlockWon won -> alerts.accept(blocks.won(won.block(), clock.instant()));
            case StatisticsEvent.BlockOrphaned orphaned ->
                alerts.accept(blocks.forked(orphaned.block(), clock.instant()));
            case StatisticsEvent.BlockProbablyLost lost -> {}
            case StatisticsEvent.BlocksCounted counted -> {}
            case StatisticsEvent.FindingReported reported ->
                alerts.accept(findings.of(reported.finding(), clock.instant()));
            case StatisticsEvent.EventRecorded recorded -> {}
        }
    }

    private void badPlot(StatisticsEvent.BadNonceFound bad) {
        NonceSubmission nonce = bad.nonce().submission();
        AlertedMachine machine = AlertedMachine.of(bad.nonce().miner(), directory);
        Map<String, Object> details = machine.details();
        details.put("account", nonce.accountId());
        details.put("seed", nonce.seed());
        details.put("nonce", Long.toUnsignedString(nonce.nonce()));
        details.put("claimed", Long.toUnsignedString(nonce.rawQuality()));
        details.put("computed", Long.toUnsignedString(bad.rawQuality()));
        tell(
                Alert.Kind.BAD_PLOT,
                "Machine " + machine.text() + " has a bad plot: nonce "
                        + Long.toUnsignedString(nonce.nonce()) + " of seed " + nonce.seed() + ", account "
                        + nonce.accountId()
                        + ", has another quality than the machine stated. Check the disk, and plot this file again.",
                details);
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
            case CONFIRMED, TAKEN_OVER, STALE -> walletLocked.set(false);
            case REJECTED -> {
                if (!event.unsent()) {
                    walletLocked.set(false);
                    rejections.rejected(event);
                }
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
