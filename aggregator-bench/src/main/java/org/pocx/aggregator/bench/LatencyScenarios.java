package org.pocx.aggregator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.pocx.aggregator.core.SubmissionMode;

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

    private static final Row.Label NEW_BLOCK_WALLET =
            new Row.Label("new_block_wallet", "the same in wallet mode");
    private static final int WALLET_BLOCKS = 20;
    private static final Duration WALLET_INTERVAL = Duration.ofMillis(250);
    private static final double MAX_WALLET_MILLIS = 150;

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

    /** The same for a program in wallet mode, which polls more often. */
    Scenario newBlockInWalletMode() {
        return new Scenario(
                List.of(NEW_BLOCK_WALLET),
                settings.other().isEmpty() ? Optional.empty() : Optional.of("only for this program"),
                roundTripPlanned(settings).plus(WALLET_INTERVAL.multipliedBy(2L * WALLET_BLOCKS)),
                this::measureNewBlockInWalletMode);
    }

    private void measureNewBlockInWalletMode(BenchEnvironment environment, Consumer<Row> results)
            throws IOException, InterruptedException {
        LatencyHistogram times = new LatencyHistogram();
        try (ChildServer program = environment.startProgram(SubmissionMode.WALLET);
                MinerConnection miner = new MinerConnection(program.server().target())) {
            byte[] poll = program.server().target().poll();
            timeToMiner(environment.upstream(), miner, poll);
            for (int part : shuffledParts()) {
                // The last block arrived just after a poll: so the blocks come in each part of the interval once.
                Thread.sleep(WALLET_INTERVAL.plus(
                        WALLET_INTERVAL.multipliedBy(2L * part + 1).dividedBy(2L * WALLET_BLOCKS)));
                times.record(timeToMiner(environment.upstream(), miner, poll));
            }
            Figures figures = Figures.ofTimes(times, program.server().usage().rssMib());
            results.accept(roundTripRow(environment, NEW_BLOCK_WALLET, figures, 0)
                    .withBudgets(new Row.BudgetResult(
                            figures.p50() <= MAX_WALLET_MILLIS,
                            "half of the new blocks within 150 ms in wallet mode")));
        }
    }

    private List<Integer> shuffledParts() {
        List<Integer> parts = new ArrayList<>(IntStream.range(0, WALLET_BLOCKS).boxed().toList());
        Collections.shuffle(parts, new Random(random.nextLong()));
        return parts;
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
