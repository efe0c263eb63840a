package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Heavy;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.node.ChainServer;
import org.pocx.aggregator.simulator.node.Dialect;

/**
 * The packaged program under a farm in which machines and accounts never cease to be new. In each build: a few rounds of some
 * dozens of machines, after which nothing is left of those who left. {@code -Pheavy} makes it 2,000 machines for 30 minutes (or
 * {@code -Dpocx.soak.minutes}), and measures whether what the program takes of the computer stays as small. The figures go
 * to {@code target/soak.txt}.
 */
class SoakIT {
    private static final Path FIGURES = Path.of("target", "soak.txt");
    private static final Duration BLOCK_TIME = Duration.ofMinutes(2);
    private static final long HEIGHT = 2_000_001; // after that of the old rows
    private static final int BRIEF_ROUNDS = 4;

    /** A busy computer takes its time for each. */
    private static final int LEAST_SAMPLES = 12;

    /** What pages, metrics, the upstream and the store may have open beside what the start has. */
    private static final long DESCRIPTORS_OF_OTHERS = 100;

    private final SoakFigures figures = new SoakFigures();
    private SoakPlan plan = SoakPlan.brief();
    private Map<String, Long> heapEarly = Map.of();
    private Map<String, Long> heapLate = Map.of();

    @TempDir private Path folder;

    private interface Soak {
        void run(SoakFarm farm, SoakVisitors visitors, SoakProbe probe) throws Exception;
    }

    @Test
    void newMachinesInEachRound_areServedAndForgotten() throws Exception {
        live((farm, visitors, probe) -> {
            for (int round = 0; round < BRIEF_ROUNDS; round++) {
                farm.playRound();
            }
            Await.until("all who came are known",
                    () -> visitors.metric("pocx_machines_known") >= plan.residents() + farm.arrived());
            Await.until("pages came and went", () -> visitors.visits() > 0);
        });
    }

    @Test
    @Heavy
    void newMachinesForEver_programStaysAsSmall() throws Exception {
        plan = SoakPlan.heavy();
        Duration end = live(this::measure);
        assertThat(end).isLessThan(Duration.ofSeconds(10));
        assertThat(figures.grown()).isEmpty();
        assertThat(figures.sinceSecondQuarter())
                .allMatch(sample -> sample.machines() >= SoakPlan.TABLE_LEAST)
                .allMatch(sample -> sample.accounts() >= SoakPlan.TABLE_LEAST);
    }

    /** Returns how long the end took. */
    private Duration live(Soak soak) throws Exception {
        HistoryDatabase.create(folder.resolve("soak.db"), plan.oldRows(), 10, 20, plan.oldRows() - 200);
        SimulatedChain chain = new SimulatedChain(
                ChainSettings.genesis(BLOCK_TIME).at(HEIGHT, "soak").withBaseTarget(1L << 24));
        int port = ChildProgram.freePort();
        int dashboardPort = ChildProgram.freePort();
        try (ChainServer node = ChainServer.builder(chain).dialect(Dialect.POOL).start();
                ChildProgram program = ChildProgram.servingByLauncher(folder, port, config(port, dashboardPort, node));
                SoakVisitors visitors = new SoakVisitors(
                        program.uri(), URI.create("http://127.0.0.1:" + dashboardPort + "/"), plan)) {
            program.awaitReady();
            visitors.arrive();
            SoakProbe probe = new SoakProbe(program, folder.resolve("soak.db"), visitors::metric);
            long descriptors = probe.descriptors().size();
            try (SoakFarm farm = new SoakFarm(plan, chain, program.uri(), BLOCK_TIME)) {
                farm.letCrowdPass();
                soak.run(farm, visitors, probe);
            }
            assertThat(visitors.troubles()).isEmpty();
            Await.until(
                    "the connections of all who left are gone",
                    () -> probe.descriptors().size() < descriptors + DESCRIPTORS_OF_OTHERS);
            return end(program);
        }
    }

    private void measure(SoakFarm farm, SoakVisitors visitors, SoakProbe probe) throws Exception {
        ExecutorService sampler = Executors.newSingleThreadExecutor();
        try {
            long end = System.nanoTime() + plan.time().toNanos();
            Future<?> sampling = sampler.submit(sampling(probe, end));
            while (!sampling.isDone()) {
                farm.playRound();
            }
            sampling.get();
        } finally {
            sampler.shutdownNow();
            write(farm + "\n" + visitors + "\n");
        }
        assertThat(visitors.pollMillis(95)).isLessThan(1_000);
    }

    private static Duration end(ChildProgram program) throws Exception {
        long signalled = System.nanoTime();
        assertThat(program.terminate()).isZero();
        Duration time = Duration.ofNanos(System.nanoTime() - signalled);
        assertThat(severe(program)).isEmpty();
        return time;
    }

    private Callable<Void> sampling(SoakProbe probe, long end) {
        return () -> {
            long quarter = System.nanoTime() + (end - System.nanoTime()) / 4;
            while (System.nanoTime() - end < 0 || figures.samples() < LEAST_SAMPLES) {
                long next = System.nanoTime() + plan.sampling().toNanos();
                figures.add(probe.look());
                if (heapEarly.isEmpty() && System.nanoTime() - quarter > 0) {
                    heapEarly = probe.heapByClass();
                }
                Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
            }
            heapLate = probe.heapByClass();
            return null;
        };
    }

    private void write(String summary) throws IOException {
        String text = summary + figures.table() + SoakFigures.growth(heapEarly, heapLate);
        Files.writeString(FIGURES, text);
        System.out.print(text);
    }

    private static List<String> severe(ChildProgram program) throws IOException {
        try (Stream<String> lines = Files.lines(program.outputFile())) {
            return lines.filter(line -> line.contains(" ERROR ") || line.contains("Exception")).toList();
        }
    }

    private static String config(int port, int dashboardPort, ChainServer node) {
        return """
                server:
                  listen_address: "127.0.0.1:%d"
                  limits: { connections_per_address: 100, submissions_per_second: 1000 }
                upstream:
                  url: "%s"
                  submission_mode: pool
                  block_time_secs: %d
                cache:
                  poll_interval_ms: 100
                database:
                  path: "soak.db"
                  retention_days: 7
                dashboard:
                  enabled: true
                  listen_address: "127.0.0.1:%d"
                logging:
                  level: info
                  file: "soak.log"
                """
                .formatted(port, node.uri(), BLOCK_TIME.toSeconds(), dashboardPort);
    }
}
