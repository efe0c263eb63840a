package org.pocx.aggregator.statistics;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.statistics.blocks.BlockTracker;
import org.pocx.aggregator.statistics.detection.FarmDetection;
import org.pocx.aggregator.statistics.history.CapacityHour;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryStore;
import org.pocx.aggregator.statistics.history.InMemoryFarmStore;
import org.pocx.aggregator.statistics.record.HistoryRecorder;

/**
 * The statistics of one aggregator: counts per machine and account, estimates of capacity, silent machines, won blocks, and the history.
 *
 * <pre>{@code
 * FarmStatistics statistics = FarmStatistics.builder().build();
 * Aggregator aggregator = Aggregator.builder().upstream(pool).listener(statistics).build();
 * aggregator.start();
 * FarmSnapshot farm = statistics.snapshot();
 * }</pre>
 *
 * <p>Close them after the aggregator: its event {@link AggregatorEvent.Stopped} makes them record what is left.
 *
 * <p>Thread-safe without a common lock: each machine and account has its own. Bounded: 20,000 machines, 20,000 accounts, and 100,000 changes of the history while the store cannot be written.
 */
public final class FarmStatistics implements AggregatorListener, AutoCloseable {
    /** The default number of rounds without a request or a nonce after which a machine is silent. */
    public static final int DEFAULT_SILENT_ROUNDS = 5;

    private static final System.Logger LOG = System.getLogger(FarmStatistics.class.getName());

    private static final Duration WEEK = Duration.ofDays(7);

    /** The history may be delayed by 1 s. */
    private static final Duration RECORD_EVERY = Duration.ofSeconds(1);

    /** The farm's capacity changes slowly, and the time to calculate it is proportional to the number of machines. */
    private static final int MEASURE_EVERY = 5;

    private final Scheduler scheduler;
    private final InstantSource clock;
    private final HistoryStore store;
    private final List<StatisticsListener> listeners;
    private final HistoryWriter writer;
    private final FarmCounters counters;
    private final PlotChecks plots = new PlotChecks();
    private final HistoryRecorder recorder;
    private final BlockTracker blocks;
    private final FarmDetection detection;
    private final SnapshotCache snapshots;
    private volatile boolean stopped;

    private FarmStatistics(Builder parts) {
        this.scheduler = parts.scheduler != null ? parts.scheduler : Scheduler.system("statistics-timer");
        this.clock = parts.clock;
        this.store = parts.store != null ? parts.store : new InMemoryFarmStore();
        this.listeners = List.copyOf(parts.listeners);
        this.writer = new HistoryWriter(store, scheduler::nanoTime);
        int blockTimeSecs = Math.toIntExact(parts.blockTime.toSeconds());
        this.counters =
                new FarmCounters(
                        blockTimeSecs,
                        scheduler,
                        clock,
                        writer::write,
                        parts.silentRounds,
                        this::found,
                        parts.directory);
        this.recorder = new HistoryRecorder(
                blockTimeSecs,
                scheduler::nanoTime,
                clock,
                store.history(),
                writer::write,
                event -> publish(new StatisticsEvent.EventRecorded(event)));
        this.blocks = new BlockTracker(
                blockTimeSecs, scheduler, clock, writer::write, counters::shares, new BlockEvents(this::found));
        this.detection = new FarmDetection(
                machine -> parts.directory.of(machine).capacityTib(),
                scheduler::nanoTime,
                clock,
                new SecureRandom().nextLong(),
                writer::write,
                finding -> found(new StatisticsEvent.FindingReported(finding)));
        this.snapshots = new SnapshotCache(this::currentSnapshot, scheduler::nanoTime);
        readPast();
    }

    private FarmSnapshot currentSnapshot() {
        FarmSnapshot snapshot = counters.snapshot().with(plots.view()).with(detection.findings());
        return recorder.progress().map(snapshot::with).orElse(snapshot);
    }

    /** {@return statistics in the making} Everything has a default. */
    public static Builder builder() {
        return new Builder();
    }

    private void readPast() {
        store.readHistory(counters.blocksOfHistory(), counters::restore);
        List<Verdict> past = new ArrayList<>();
        store.readVerdicts(counters.pastVerdicts(), past::add);
        counters.restorePast(past);
        recorder.readPast();
        blocks.restore(store.readBlocks(), recorder.lastAlive().orElse(null));
        past.reversed().forEach(blocks::restore);
        detection.readPast(store);
    }

    @Override
    public void on(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.Started started -> {
                resume(started.farm());
                recorder.on(event);
                blocks.on(event);
                recordSoon(1);
            }
            case AggregatorEvent.Stopped last -> {
                stopped = true;
                blocks.on(last);
                detection.on(event);
                FarmSnapshot farm = snapshot();
                recorder.end(farm.totalCapacityTib(), farm.activeMachines());
            }
            case AggregatorEvent.StoreDown down -> {
                writer.hold();
                pass(event);
            }
            case AggregatorEvent.StoreUp up -> {
                writer.release();
                pass(event);
            }
            case AggregatorEvent.RoundChanged changed -> pass(event);
            case AggregatorEvent.MinerSeen seen -> pass(event);
            case AggregatorEvent.FateChanged changed -> pass(event);
            case AggregatorEvent.Forwarded forwarded -> pass(event);
            case AggregatorEvent.Delayed delayed -> pass(event);
            case AggregatorEvent.Held held -> pass(event);
            case AggregatorEvent.MachineSuspected suspected -> pass(event);
            case AggregatorEvent.UpstreamDown down -> pass(event);
            case AggregatorEvent.UpstreamUp up -> pass(event);
            case AggregatorEvent.RequestsMisfit misfit -> pass(event);
            case AggregatorEvent.Synchronising synchronising -> pass(event);
            case AggregatorEvent.NonceRepeated repeated -> pass(event);
            case AggregatorEvent.UpstreamSwitched switched -> pass(event);
            case AggregatorEvent.UpstreamStateChanged changed -> {}
            case AggregatorEvent.AccountAccepted accepted -> {}
            case AggregatorEvent.ClockChanged changed -> {}
            case AggregatorEvent.StoreWritten written -> {}
        }
    }

    private void pass(AggregatorEvent event) {
        counters.on(event);
        recorder.on(event);
        blocks.on(event);
        detection.on(event);
    }

    /** Called after the history was read; verdicts of open rounds concern nonces of the history. */
    private void resume(StoredFarm farm) {
        Instant now = clock.instant();
        List<MiningInfo> rounds = farm.openRounds().stream()
                .map(round -> round.announcements().getLast())
                .toList();
        farm.verdicts().forEach(counters::restore);
        recorder.resume(rounds);
        if (!rounds.isEmpty()) {
            counters.resumeRound(
                    rounds.getLast(), Duration.between(recorder.roundBegunAt().orElse(now), now));
        }
        farm.confirmedMachines().values().stream()
                .max(Comparator.naturalOrder())
                .ifPresent(last -> counters.confirmedBefore(Duration.between(last, now)));
    }

    private void recordSoon(int count) {
        scheduler.schedule(RECORD_EVERY, () -> {
            if (!stopped) {
                record(count % MEASURE_EVERY == 0);
                recordSoon(count + 1);
            }
        });
    }

    private void record(boolean measured) {
        writer.retry();
        blocks.flush();
        detection.tick();
        if (measured) {
            FarmSnapshot farm = snapshot();
            recorder.flush(farm.totalCapacityTib(), farm.activeMachines());
        } else {
            recorder.flush();
        }
    }

    private void found(StatisticsEvent event) {
        switch (event) {
            case StatisticsEvent.MachineSilent silent -> recorder.machineSilent(silent.miner(), silent.missedRounds());
            case StatisticsEvent.MachineBack back -> recorder.machineBack(back.miner(), back.silence());
            case StatisticsEvent.BadNonceFound bad -> recorder.badNonce(bad.nonce(), bad.rawQuality());
            case StatisticsEvent.BlockWon won -> recorder.blockWon(won.block());
            case StatisticsEvent.BlockOrphaned orphaned -> recorder.blockOrphaned(orphaned.block());
            case StatisticsEvent.BlockProbablyLost lost -> recorder.probablyLost(lost.loss());
            case StatisticsEvent.BlocksCounted counted -> {}
            case StatisticsEvent.FindingReported reported -> recorder.found(reported.finding());
            case StatisticsEvent.EventRecorded recorded -> {}
        }
        publish(event);
    }

    /**
     * Adds a check of a nonce: somebody computed its quality. A nonce that has another quality than its machine stated is
     * recorded and published. Ignored after the aggregator has stopped.
     *
     * @param nonce the nonce
     * @param rawQuality u64, computed
     */
    public void checked(ReceivedNonce nonce, long rawQuality) {
        if (stopped) {
            return;
        }
        counters.checked(nonce.miner());
        plots.add(nonce, rawQuality, scheduler.nanoTime()).ifPresent(this::found);
    }

    private void publish(StatisticsEvent event) {
        for (StatisticsListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a listener failed", e);
            }
        }
    }

    /** {@return the farm now or shortly before: snapshots use at most a fiftieth of one processor} */
    public FarmSnapshot snapshot() {
        return snapshots.get();
    }

    /** {@return expected and actual wins} */
    public BlockLuck blocks() {
        return new BlockFigures(blocks);
    }

    /**
     * {@return the capacity of a machine in the hours of the last week, the current one last; hours without a usable round
     * are missing} Reads the store.
     *
     * @param machine its id
     * @throws org.pocx.aggregator.core.store.StoreException if the store cannot be read now
     */
    public List<CapacityHour> capacityHours(String machine) {
        Instant from = clock.instant().minus(WEEK).truncatedTo(ChronoUnit.HOURS);
        SortedMap<Instant, CapacityHour> hours = new TreeMap<>();
        history().readCapacityHours(machine, from, hour -> hours.put(hour.hour(), hour));
        detection
                .currentHour(machine)
                .filter(hour -> !hour.hour().isBefore(from))
                .ifPresent(hour -> hours.put(hour.hour(), hour));
        return List.copyOf(hours.values());
    }

    /**
     * Forgets the learned capacity of a machine and a loss that was reported, after its owner changed it. Its capacity is
     * learned anew, or compared with the configured one from now on.
     *
     * @param machine its id
     * @return false if the machine is not known
     */
    public boolean resetBaseline(String machine) {
        boolean known = detection.resetBaseline(machine);
        snapshots.forget();
        return known;
    }

    /** {@return the farm's past} Reading it never delays a miner. */
    public FarmHistory history() {
        return store.history();
    }

    /** Records nothing more. Idempotent. The store is closed by whoever opened it. */
    @Override
    public void close() {
        stopped = true;
        scheduler.close();
    }

    /**
     * The parts of {@link FarmStatistics}. Each setter checks its argument at once, and throws {@link NullPointerException}
     * for null. Not thread-safe.
     */
    public static final class Builder {
        private static final Duration MIN_BLOCK_TIME = Duration.ofSeconds(1);
        private static final Duration MAX_BLOCK_TIME = Duration.ofDays(1);

        private Duration blockTime = Duration.ofMinutes(2);
        private int silentRounds = DEFAULT_SILENT_ROUNDS;
        private @Nullable HistoryStore store;
        private @Nullable Scheduler scheduler;
        private InstantSource clock = WallClock.system();
        private MachineDirectory directory = new MachineDirectory();
        private final List<StatisticsListener> listeners = new ArrayList<>();

        private Builder() {}

        /**
         * The chain's block time, as the aggregator has it. Default: 120 s.
         *
         * @param time 1 to 86,400 whole seconds
         * @return this
         * @throws IllegalArgumentException when it is out of this range
         */
        public Builder blockTime(Duration time) {
            if (Objects.requireNonNull(time, "blockTime").compareTo(MIN_BLOCK_TIME) < 0
                    || time.compareTo(MAX_BLOCK_TIME) > 0
                    || time.toNanosPart() != 0) {
                throw new IllegalArgumentException("blockTime must be 1 to 86400 whole seconds, not " + time);
            }
            blockTime = time;
            return this;
        }

        /**
         * The number of rounds without a request or a nonce after which a machine is silent. Default: 5.
         *
         * @param rounds at least 1
         * @return this
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder silentRounds(int rounds) {
            if (rounds < 1) {
                throw new IllegalArgumentException("silentRounds must be at least 1, not " + rounds);
            }
            silentRounds = rounds;
            return this;
        }

        /**
         * The store of the history. Default: memory, without the verdicts of the aggregator's store.
         *
         * @param port an open store; normally that of the aggregator
         * @return this
         */
        public Builder store(HistoryStore port) {
            store = Objects.requireNonNull(port, "store");
            return this;
        }

        /**
         * The profiles of machines, which may change at any time. Default: none.
         *
         * @param profiles asked for each snapshot, and for the expected capacity in each round
         * @return this
         */
        public Builder directory(MachineDirectory profiles) {
            directory = Objects.requireNonNull(profiles, "directory");
            return this;
        }

        /**
         * Adds a listener for the events of the statistics.
         *
         * @param listener called after those that were added earlier; must not block
         * @return this
         */
        public Builder listener(StatisticsListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * The scheduler and monotonic clock. Default: the system's, with a separate thread. The statistics close it.
         *
         * @param port runs the recording every second
         * @return this
         */
        public Builder scheduler(Scheduler port) {
            scheduler = Objects.requireNonNull(port, "scheduler");
            return this;
        }

        /**
         * The wall clock, for timestamps. Default: the system's.
         *
         * @param source read from any thread; may jump, which affects only timestamps
         * @return this
         */
        public Builder clock(InstantSource source) {
            clock = Objects.requireNonNull(source, "clock");
            return this;
        }

        /**
         * Creates the statistics, and reads the past.
         *
         * @return new statistics, to be added to one aggregator as a listener before it starts
         * @throws org.pocx.aggregator.core.store.StoreException if the past cannot be read
         */
        public FarmStatistics build() {
            return new FarmStatistics(this);
        }
    }
}
