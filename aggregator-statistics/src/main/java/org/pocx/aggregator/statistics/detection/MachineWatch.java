package org.pocx.aggregator.statistics.detection;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.statistics.finding.MachineCapacity;
import org.pocx.aggregator.statistics.history.CapacityHour;

/**
 * All that the detectors know of one machine.
 *
 * <p>Thread-safe: its monitor guards everything except the volatile fields. A poll costs a few reads.
 */
final class MachineWatch {
    private final String id;
    private final long firstNanos;
    private final MinerId miner;
    private volatile long seenNanos;
    private volatile @Nullable MachineRound current;
    private @Nullable MachineRound previous;
    private final ScanTimes scanTimes = new ScanTimes();
    private final CapacityDetector detector = new CapacityDetector();
    private final HourTally hour = new HourTally();
    private final SentNonces nonces = new SentNonces();
    private boolean observed;

    /** @param firstNanos when it was seen first, monotonic clock */
    MachineWatch(MinerId miner, long firstNanos, long seenNanos) {
        this.id = miner.id();
        this.miner = miner;
        this.firstNanos = firstNanos;
        this.seenNanos = seenNanos;
    }

    String id() {
        return id;
    }

    MinerId miner() {
        return miner;
    }

    long firstNanos() {
        return firstNanos;
    }

    long seenNanos() {
        return seenNanos;
    }

    /** Belongs to the monitor of the {@link OverlapDetector}. */
    SentNonces nonces() {
        return nonces;
    }

    /** @param round the current round, if there is one */
    void seen(@Nullable WatchedRound round, long nanos) {
        seenNanos = nanos;
        if (round != null) {
            in(round).seen(nanos);
        }
    }

    @SuppressWarnings("ReferenceEquality") // a round is its object
    private MachineRound in(WatchedRound round) {
        @Nullable MachineRound mine = current;
        return mine != null && mine.round() == round ? mine : enter(round);
    }

    @SuppressWarnings("ReferenceEquality")
    private synchronized MachineRound enter(WatchedRound round) {
        @Nullable MachineRound mine = find(round);
        if (mine != null) {
            return mine;
        }
        MachineRound entered = new MachineRound(round);
        if (round.isOver()) {
            previous = entered; // a late nonce of a machine that was not there before
        } else {
            previous = current;
            current = entered;
        }
        return entered;
    }

    @SuppressWarnings("ReferenceEquality")
    private @Nullable MachineRound find(WatchedRound round) {
        @Nullable MachineRound now = current;
        if (now != null && now.round() == round) {
            return now;
        }
        @Nullable MachineRound before = previous;
        return before != null && before.round() == round ? before : null;
    }

    /**
     * Processes a new nonce.
     *
     * @param claim u64
     */
    synchronized void submitted(WatchedRound round, long claim, long nanos) {
        in(round).submitted(claim, nanos);
    }

    /**
     * A nonce was rejected, or confirmed worse than claimed.
     *
     * @param claim u64
     */
    synchronized void bad(WatchedRound round, long claim) {
        @Nullable MachineRound mine = find(round);
        if (mine != null) {
            mine.bad(claim);
        }
    }

    /**
     * Judges the machine by a round that is over.
     *
     * @param expected the configured capacity in TiB
     * @param hours receives an hour that is over; must not block
     * @return what has to be reported, if anything
     */
    synchronized CapacityDetector.@Nullable Change judge(
            WatchedRound round, OptionalDouble expected, Consumer<CapacityHour> hours) {
        @Nullable MachineRound mine = find(round);
        if (mine == null) {
            return null;
        }
        @Nullable Observation observation = observation(mine);
        if (observation == null) {
            return null;
        }
        observed = true;
        @Nullable CapacityHour ended = hour.add(id, observation);
        if (ended != null) {
            hours.accept(ended);
        }
        return detector.observe(observation, expected);
    }

    private @Nullable Observation observation(MachineRound mine) {
        WatchedRound round = mine.round();
        if (round.isLeftOut() || !mine.isWhole()) {
            return null;
        }
        boolean scanned = scanTimes.isKnown() && round.lengthNanos() >= scanTimes.nanos();
        if (mine.lastNanos() >= 0) {
            scanTimes.add(mine.lastNanos());
        }
        return scanned ? mine.observation() : null;
    }

    synchronized void reset() {
        detector.reset();
        observed = true;
    }

    /** The state to be stored, if it changed since the last call. */
    synchronized Optional<String> changedState() {
        if (!observed) {
            return Optional.empty();
        }
        observed = false;
        return Optional.of(StateText.of(
                new StateText.Parts(detector.state(), scanTimes.all(), hour.hour(), hour.tally())));
    }

    synchronized void restore(StateText.Parts parts) {
        detector.restore(parts.detector());
        scanTimes.restore(parts.scanTimes());
        hour.restore(parts.hour(), parts.hourTally());
    }

    synchronized Optional<MachineCapacity> view() {
        return detector.view();
    }

    /** The current hour, if it has observations. */
    synchronized Optional<CapacityHour> currentHour() {
        return hour.current(id);
    }

    /** Whether the machine was never part of a judged round. */
    synchronized boolean isEmpty() {
        return detector.view().isEmpty();
    }
}
