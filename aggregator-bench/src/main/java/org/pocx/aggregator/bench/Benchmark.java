package org.pocx.aggregator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Measures what the program, or another aggregator, does and costs, in comparison with the floor: a minimal handler on the
 * same HTTP engine. Program and floor run in their own processes; this process simulates the miners and the upstream.
 *
 * <p>For one thread; an interrupt ends the benchmark.
 */
public final class Benchmark {
    private static final long SEED = 7;
    private static final Duration START = Duration.ofSeconds(3);

    private final BenchSettings settings;
    private final List<Scenario> scenarios;

    /**
     * A benchmark that has not started anything yet.
     *
     * @param settings what to measure, and for how long
     */
    public Benchmark(BenchSettings settings) {
        this.settings = settings;
        LatencyScenarios latency = new LatencyScenarios(settings, new Random(SEED));
        LoadScenarios load = new LoadScenarios(settings);
        scenarios = List.of(
                latency.start(),
                load.polls(),
                FilteredScenario.of(settings),
                load.improving(),
                load.farm(),
                AuditScenario.of(settings),
                latency.newBlock(),
                latency.newBlockInWalletMode(),
                HangingAccountScenario.of(settings));
    }

    /**
     * Starts everything that is needed, measures, and ends all of it.
     *
     * @param listener receives the progress and each row, in the calling thread
     * @throws IOException if something does not start or ends early; the message is for people and has several lines
     * @throws InterruptedException if the thread was interrupted; everything has ended then, too
     */
    public void run(BenchListener listener) throws IOException, InterruptedException {
        Duration whole = scenarios.stream()
                .filter(scenario -> scenario.obstacle().isEmpty())
                .map(Scenario::planned)
                .reduce(START, Duration::plus);
        listener.begins("starting", Duration.ZERO, START, whole);
        Duration before = START;
        try (BenchEnvironment environment = new BenchEnvironment(settings)) {
            for (Scenario scenario : scenarios) {
                Optional<String> obstacle = scenario.obstacle();
                if (obstacle.isPresent()) {
                    scenario.rows().forEach(label -> listener.row(new Row.LeftOut(label, obstacle.get())));
                    continue;
                }
                listener.begins(title(scenario), before, scenario.planned(), whole);
                measure(scenario, environment, listener);
                before = before.plus(scenario.planned());
            }
        }
    }

    private static String title(Scenario scenario) {
        return scenario.rows().getFirst().title();
    }

    private static void measure(Scenario scenario, BenchEnvironment environment, BenchListener listener)
            throws IOException, InterruptedException {
        try {
            scenario.measurement().run(environment, listener::row);
        } catch (IOException e) {
            throw new IOException(title(scenario) + ": " + e.getMessage() + environment.unexpectedEnds(), e);
        }
    }
}
