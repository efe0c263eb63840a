package org.pocx.aggregator.statistics.detection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.statistics.finding.FarmFindings;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.finding.MachineCapacity;
import org.pocx.aggregator.statistics.history.CapacityHour;
import org.pocx.aggregator.statistics.history.DetectorState;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryStore;

/**
 * A listener that finds lost capacity ({@link CapacityMonitor}) and machines with the same plot files ({@link
 * OverlapDetector}). {@link #tick()} must be called every second.
 *
 * <p>Thread-safe. Findings are passed on without a lock.
 */
public final class FarmDetection implements AggregatorListener {
    private static final System.Logger LOG = System.getLogger(FarmDetection.class.getName());

    /** The counts of overlaps that go on are written each minute. */
    private static final int WRITE_OVERLAPS_EVERY = 60;

    private final WatchedMachines machines = new WatchedMachines();
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Consumer<Finding> findings;
    private final CapacityMonitor capacity;
    private final OverlapDetector overlaps;
    private int ticks;

    /**
     * Creates detectors that know nothing.
     *
     * @param expected the configured capacity of a machine in TiB, by its id; called for each machine and round, must not
     *     block
     * @param nanoTime a monotonic clock
     * @param clock the wall clock, for the times of findings
     * @param secret makes the hashes of nonces unpredictable
     * @param store receives each change of the states; must not block
     * @param findings receives what is found; must not block
     */
    public FarmDetection(
            Function<String, OptionalDouble> expected,
            LongSupplier nanoTime,
            InstantSource clock,
            long secret,
            Consumer<HistoryChange> store,
            Consumer<Finding> findings) {
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.findings = findings;
        this.capacity = new CapacityMonitor(machines, expected, nanoTime, clock, store);
        this.overlaps = new OverlapDetector(secret, store);
    }

    /**
     * Restores the states of before a restart.
     *
     * @param store the store of the history
     * @throws org.pocx.aggregator.core.store.StoreException if it cannot be read
     */
    public void readPast(HistoryStore store) {
        Instant oldest = clock.instant().minus(Duration.ofDays(DetectorState.KEPT_DAYS));
        store.readDetectors(state -> {
            if (state.at().isAfter(oldest)) {
                restore(state);
            }
        });
    }

    private void restore(DetectorState state) {
        try {
            switch (state.kind()) {
                case CapacityMonitor.KIND -> {
                    Duration ago = Duration.between(state.at(), clock.instant());
                    long seen = nanoTime.getAsLong() - (ago.isNegative() ? 0 : ago.toNanos());
                    StateText.Parts parts = StateText.parse(state.text());
                    machines.restored(state.subject(), seen).restore(parts);
                }
                case OverlapDetector.KIND -> overlaps.restore(state);
                default -> LOG.log(System.Logger.Level.DEBUG, "the state of an unknown detector: {0}", state.kind());
            }
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The state of the detector of " + state.kind() + " for " + state.subject()
                            + " cannot be read: it begins anew",
                    e);
        }
    }

    // ---- events

    @Override
    public void on(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.MinerSeen seen -> {
                long now = nanoTime.getAsLong();
                machines.of(seen.miner(), now).seen(capacity.current(), now);
            }
            case AggregatorEvent.FateChanged changed -> fateChanged(changed);
            case AggregatorEvent.NonceRepeated repeated -> sent(repeated.nonce());
            case AggregatorEvent.RoundChanged changed -> publish(capacity.roundChanged(changed));
            case AggregatorEvent.UpstreamDown down -> capacity.upstreamDown();
            case AggregatorEvent.UpstreamUp up -> capacity.upstreamUp();
            case AggregatorEvent.Synchronising changed ->
                capacity.synchronising(changed.evidence().isPresent());
            case AggregatorEvent.Stopped stopped -> {
                overlaps.write();
                publish(capacity.end());
            }
            case AggregatorEvent.Started started -> {}
            case AggregatorEvent.Forwarded forwarded -> {}
            case AggregatorEvent.Delayed delayed -> {}
            case AggregatorEvent.Held held -> {}
            case AggregatorEvent.MachineSuspected suspected -> {}
            case AggregatorEvent.AccountAccepted accepted -> {}
            case AggregatorEvent.RequestsMisfit misfit -> {}
            case AggregatorEvent.ClockChanged changed -> {}
            case AggregatorEvent.StoreDown down -> {}
            case AggregatorEvent.StoreUp up -> {}
            case AggregatorEvent.UpstreamSwitched switched -> {}
            case AggregatorEvent.UpstreamStateChanged changed -> {}
            case AggregatorEvent.StoreWritten written -> {}
        }
    }

    private void fateChanged(AggregatorEvent.FateChanged event) {
        if (event.isReceived() && event.after() != Fate.REFUSED) {
            received(event.nonce());
        }
        boolean isBad =
                switch (event.after()) {
                    case REJECTED -> true;
                    case CONFIRMED -> event.isOverClaim();
                    case REFUSED, FILTERED, SUPERSEDED, PENDING, TAKEN_OVER, STALE, EXPIRED -> false;
                };
        if (isBad) {
            bad(event.nonce());
        }
    }

    private void received(ReceivedNonce nonce) {
        NonceSubmission submission = nonce.submission();
        WatchedRound round = capacity.find(submission.blockHash());
        if (round != null) {
            long now = nanoTime.getAsLong();
            machines.of(nonce.miner(), now).submitted(round, submission.rawQuality(), now);
            sent(nonce);
        }
    }

    private void bad(ReceivedNonce nonce) {
        WatchedRound round = capacity.find(nonce.submission().blockHash());
        MachineWatch machine = machines.known(nonce.miner().id());
        if (round != null && machine != null) {
            machine.bad(round, nonce.submission().rawQuality());
        }
    }

    private void sent(ReceivedNonce nonce) {
        MachineWatch machine = machines.of(nonce.miner(), nanoTime.getAsLong());
        publish(overlaps.sent(nonce.submission(), machine, nonce.receivedAt()));
    }

    private void publish(List<Finding> found) {
        found.forEach(findings);
    }

    /** Judges the last round when its time has come, and writes states. */
    public void tick() {
        publish(capacity.tick());
        if (++ticks % WRITE_OVERLAPS_EVERY == 0) {
            overlaps.write();
        }
    }

    // ---- questions

    /** {@return what is known of all machines} The time is proportional to their number. */
    public FarmFindings findings() {
        Map<String, MachineCapacity> capacities = new HashMap<>();
        for (MachineWatch machine : machines.all()) {
            machine.view().ifPresent(view -> capacities.put(machine.id(), view));
        }
        return new FarmFindings(capacities, overlaps.overlaps(clock.instant()));
    }

    /**
     * {@return the current hour of a machine, if it has a usable round}
     *
     * @param machine its id
     */
    public Optional<CapacityHour> currentHour(String machine) {
        @Nullable MachineWatch known = machines.known(machine);
        return known == null ? Optional.empty() : known.currentHour();
    }

    /**
     * Forgets the baseline and what was found of a machine, after a planned change.
     *
     * @param machine its id
     * @return false if the machine is not known
     */
    public boolean resetBaseline(String machine) {
        return capacity.reset(machine);
    }
}
