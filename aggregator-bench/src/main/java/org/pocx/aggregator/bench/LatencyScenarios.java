package org.pocx.aggregator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Scenarios that measure single times: the start of the program, and a new block's way to a miner. */
final class LatencyScenarios {
    private static final Row.Label START = new Row.Label("start", "start to first answer; memory at rest");
    private static final String START_FLOOR = "floor: start to first answer";
    private static final int STARTS = 3;
    private static final Duration MAX_REST = Duration.ofSeconds(2);
    private static final double MAX_START_MILLIS = 1_000;

    private static final Row.Label NEW_BLOCK = new Row.Label("new_block", "new block upstream to first miner");
    private static final String NEW_BLOCK_NOTE =
            "from the block to the first answer with it; miners ask each millisecond";
    private static final int BLOCKS = 10;
    private static final int MAX_PAUSE_MILLIS = 1_000;
    private static final Duration NEW_BLOCK_TIMEOUT = Duration.ofSeconds(40);

    private static final Duration ROUND_TRIP_INTERVAL = Duration.ofMillis(5);
    private static final int ROUND_TRIP_SHARE = 4;

    private final BenchSettings settings;
    private final RandomGenerator random;

    LatencyScenarios(BenchSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** From the start of the process to the first mining info, and the memory of an idle program. */
    Scenario start() {
        return new Scenario(
                List.of(START),
                settings.other().isEmpty() ? Optional.empty() : Optional.of("it runs already"),
                rest().plusSeconds(1).multipliedBy(STARTS),
                this::measureStart);
    }

    private Duration rest() {
        return settings.time().compareTo(MAX_REST) < 0 ? settings.time() : MAX_REST;
    }

    private void measureStart(BenchEnvironment environment, Consumer<Row> results)
            throws IOException, InterruptedException {
        LatencyHistogram programTimes = new LatencyHistogram();
        LatencyHistogram floorTimes = new LatencyHistogram();
        double programRss = 0;
        double floorRss = 0;
        for (int i = 0; i < STARTS; i++) {
            try (ChildServer program = environment.startProgram()) {
                programTimes.record(program.firstAnswer().toNanos());
                Thread.sleep(rest());
                programRss = Math.max(programRss, program.server().usage().rssMib());
            }
            try (ChildServer floor = environment.startFloor()) {
                floorTimes.record(floor.firstAnswer().toNanos());
                floorRss = Math.max(floorRss, floor.server().usage().rssMib());
            }
        }
        Figures figures = Figures.ofTimes(programTimes, programRss);
        results.accept(new Row.Measured(START, figures, START_FLOOR, Figures.ofTimes(floorTimes, floorRss), 0)
                .withBudgets(new Row.BudgetResult(
                        figures.p50() < MAX_START_MILLIS, "start to first answer below 1 s")));
    }

    /** From a new block at the upstream to the first answer with it, for a miner that polls every millisecond. */
    Scenario newBlock() {
        return new Scenario(
                List.of(NEW_BLOCK),
                settings.upstreamMissing(),
                roundTripPlanned(settings).plusMillis(BLOCKS * MAX_PAUSE_MILLIS),
                this::measureNewBlock);
    }

    private void measureNewBlock(BenchEnvironment environment, Consumer<Row> results)
            throws IOException, InterruptedException {
        MeasuredServer program = environment.program();
        LatencyHistogram times = new LatencyHistogram();
        try (MinerConnection miner = new MinerConnection(program.target())) {
            for (int i = 0; i < BLOCKS; i++) {
                // A block comes at any moment between two polls of the aggregator.
                Thread.sleep(random.nextInt(MAX_PAUSE_MILLIS));
                times.record(timeToMiner(environment.upstream(), miner, program.target().poll()));
            }
        }
        Figures figures = Figures.ofTimes(times, program.usage().rssMib());
        results.accept(roundTripRow(environment, NEW_BLOCK, figures, 0).withNote(NEW_BLOCK_NOTE));
    }

    private static long timeToMiner(ConstantUpstream upstream, MinerConnection miner, byte[] poll)
            throws IOException, InterruptedException {
        upstream.announceNextRound();
        long begun = System.nanoTime();
        byte[] hash = AsciiBytes.of(upstream.round().info().blockHash());
        while (!miner.ask(poll).contains(hash)) {
            if (System.nanoTime() - begun > NEW_BLOCK_TIMEOUT.toNanos()) {
                throw new IOException("no new block within " + NEW_BLOCK_TIMEOUT.toSeconds() + " s");
            }
            Thread.sleep(1);
        }
        return System.nanoTime() - begun;
    }

    /** A row whose floor is the round trip of one miner that asks 200 times a second. */
    static Row.Measured roundTripRow(BenchEnvironment environment, Row.Label label, Figures figures, long failed)
            throws IOException, InterruptedException {
        MeasuredServer server = environment.floor();
        BenchSettings settings = environment.settings();
        try (MeasuredLoad floor = new MeasuredLoad(
                LoadGenerator.polling(server.target(), 1, ROUND_TRIP_INTERVAL), server.usage())) {
            floor.slice(
                    settings.warmUp().dividedBy(ROUND_TRIP_SHARE), settings.time().dividedBy(ROUND_TRIP_SHARE));
            return new Row.Measured(label, figures, "floor: round trip, 1 connection", floor.figures(), failed);
        }
    }

    static Duration roundTripPlanned(BenchSettings settings) {
        return settings.warmUp().plus(settings.time()).dividedBy(ROUND_TRIP_SHARE);
    }
}
