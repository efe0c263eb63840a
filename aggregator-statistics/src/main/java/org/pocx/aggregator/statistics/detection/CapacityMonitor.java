package org.pocx.aggregator.statistics.detection;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.history.CapacityHour;
import org.pocx.aggregator.statistics.history.DetectorState;
import org.pocx.aggregator.statistics.history.HistoryChange;

/**
 * Judges all machines by each round that is over: {@value #VERDICTS_AFTER_SECS} s after its end, when the upstream has given
 * its verdicts, or when the next round ends. Left out are rounds during an outage of the upstream, of a node that
 * synchronises, that were current twice, that changed their generation signature, and the first one after the start.
 *
 * <p>The states of the machines, and the hours that are over, are written within the next seconds, {@value
 * #WRITTEN_AT_ONCE} at a time: those of a large farm would fill the queue of the store, and nonces would find no place.
 *
 * <p>Thread-safe: its monitor guards the judgement and what is to be written; the current round is volatile.
 */
final class CapacityMonitor {
    static final String KIND = "capacity";
    static final int WRITTEN_AT_ONCE = 200;

    private static final int VERDICTS_AFTER_SECS = 10;
    private static final long VERDICTS_AFTER = Duration.ofSeconds(VERDICTS_AFTER_SECS).toNanos();

    /** A failed poll or two concern no machine. */
    private static final long OUTAGE = Duration.ofSeconds(5).toNanos();

    private final WatchedMachines machines;
    private final Function<String, OptionalDouble> expected;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Consumer<HistoryChange> store;

    private final Set<MachineWatch> unwritten = new LinkedHashSet<>();

    /** At most two for each machine: the hours end at most once an hour, or once a round if rounds last longer. */
    private final Queue<CapacityHour> endedHours = new ArrayDeque<>();

    private volatile @Nullable WatchedRound current;
    private volatile @Nullable WatchedRound unjudged;
    private boolean begun;
    private boolean synchronising;
    private @Nullable Long downNanos;

    /** @param expected the configured capacity of a machine in TiB, by its id; must not block */
    CapacityMonitor(
            WatchedMachines machines,
            Function<String, OptionalDouble> expected,
            LongSupplier nanoTime,
            InstantSource clock,
            Consumer<HistoryChange> store) {
        this.machines = machines;
        this.expected = expected;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.store = store;
    }

    @Nullable
    WatchedRound current() {
        return current;
    }

    /** The round of that block hash, if its nonces still count. */
    @Nullable
    WatchedRound find(String blockHash) {
        WatchedRound now = current;
        if (now != null && now.blockHash().equals(blockHash)) {
            return now;
        }
        WatchedRound before = unjudged;
        return before != null && before.blockHash().equals(blockHash) ? before : null;
    }

    // ---- rounds

    /** Returns what was found in the round before the one that ended now. */
    synchronized List<Finding> roundChanged(AggregatorEvent.RoundChanged changed) {
        return switch (changed.kind()) {
            case OPENED -> begin(changed.info(), !begun);
            case REVIVED -> {
                leaveOutCurrent();
                yield begin(changed.info(), true);
            }
            case REANNOUNCED -> {
                WatchedRound now = current;
                if (now != null && !now.isMinedBy(changed.info())) {
                    leaveOutCurrent();
                }
                yield List.of();
            }
        };
    }

    private List<Finding> begin(MiningInfo info, boolean leftOut) {
        begun = true;
        List<Finding> found = judge();
        long now = nanoTime.getAsLong();
        WatchedRound ended = current;
        if (ended != null) {
            ended.end(now);
            leaveOutAfterOutage(now);
            downNanos = null; // the upstream answered, and the new round begins with that
        }
        unjudged = ended;
        current = new WatchedRound(info, now, clock.instant());
        if (leftOut || synchronising) {
            leaveOutCurrent();
        }
        return found;
    }

    private void leaveOutCurrent() {
        WatchedRound now = current;
        if (now != null) {
            now.leaveOut();
        }
    }

    synchronized void upstreamDown() {
        if (downNanos == null) {
            downNanos = nanoTime.getAsLong();
        }
    }

    synchronized void upstreamUp() {
        leaveOutAfterOutage(nanoTime.getAsLong());
        downNanos = null;
    }

    private void leaveOutAfterOutage(long now) {
        if (downNanos != null && now - downNanos >= OUTAGE) {
            leaveOutCurrent();
        }
    }

    synchronized void synchronising(boolean is) {
        synchronising = is;
        leaveOutCurrent();
    }

    // ---- judgement

    /** Judges the last round if its time has come, and writes states. To be called every second. */
    synchronized List<Finding> tick() {
        WatchedRound over = unjudged;
        long now = nanoTime.getAsLong();
        boolean due = over != null && over.age(now) - over.lengthNanos() >= VERDICTS_AFTER;
        List<Finding> found = due ? judge() : List.of();
        if (due) {
            machines.removeUnseen(now);
        }
        write(WRITTEN_AT_ONCE);
        return found;
    }

    /** Judges the last round, as no more verdicts will come, and writes all states, which contain the current hours. */
    synchronized List<Finding> end() {
        List<Finding> found = judge();
        write(Integer.MAX_VALUE);
        return found;
    }

    private List<Finding> judge() {
        WatchedRound over = unjudged;
        if (over == null) {
            return List.of();
        }
        unjudged = null;
        List<Finding> found = new ArrayList<>();
        for (MachineWatch machine : machines.all()) {
            CapacityDetector.@Nullable Change change = machine.judge(
                    over,
                    expected.apply(machine.id()),
                    endedHours::add);
            if (change != null) {
                found.add(finding(machine, change));
            }
            unwritten.add(machine);
        }
        return found;
    }

    private static Finding finding(MachineWatch machine, CapacityDetector.Change change) {
        return switch (change) {
            case CapacityDetector.Change.Dropped dropped -> new Finding.CapacityDropped(
                    machine.miner(), dropped.drop());
            case CapacityDetector.Change.Restored restored -> new Finding.CapacityRestored(
                    machine.miner(), restored.drop(), restored.measuredTib());
        };
    }

    private void write(int atMost) {
        for (int i = 0; i < atMost && !endedHours.isEmpty(); i++) {
            store.accept(new HistoryChange.CapacityHourRecorded(endedHours.remove()));
        }
        Iterator<MachineWatch> waiting = unwritten.iterator();
        for (int i = 0; i < atMost && waiting.hasNext(); i++) {
            write(waiting.next());
            waiting.remove();
        }
    }

    private void write(MachineWatch machine) {
        machine.changedState()
                .ifPresent(text -> store.accept(new HistoryChange.DetectorRecorded(
                        new DetectorState(KIND, machine.id(), clock.instant(), text))));
    }

    /** Returns false if the machine is not known. */
    synchronized boolean reset(String id) {
        MachineWatch machine = machines.known(id);
        if (machine == null) {
            return false;
        }
        machine.reset();
        write(machine);
        return true;
    }
}
