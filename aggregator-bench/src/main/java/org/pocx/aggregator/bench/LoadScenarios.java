package org.pocx.aggregator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Scenarios that measure program and floor under the same kind of load. */
final class LoadScenarios {
    private static final Row.Label POLLS = new Row.Label("get_mining_info", "get_mining_info");
    private static final double MIN_POLL_RATIO = 0.9;

    private static final Row.Label IMPROVING =
            new Row.Label("submit_nonce_improving", "submit_nonce improving each time");
    private static final double MIN_IMPROVING_RATE = 5_000;

    private static final String FARM = "polling_farm";
    private static final Duration FARM_INTERVAL = Duration.ofSeconds(1);
    private static final Duration FARM_START = Duration.ofSeconds(4);
    private static final double MAX_FARM_RSS_MIB = 256;

    private final BenchSettings settings;
    private final Comparison comparison;

    LoadScenarios(BenchSettings settings) {
        this.settings = settings;
        comparison = new Comparison(settings.time(), settings.warmUp());
    }

    static String floorTitle(BenchSettings settings) {
        return "floor: " + settings.connections() + " connections";
    }

    /** {@code get_mining_info} as fast as it is answered. */
    Scenario polls() {
        return new Scenario(List.of(POLLS), Optional.empty(), comparison.planned(), this::measurePolls);
    }

    private void measurePolls(BenchEnvironment environment, Consumer<Row> results)
            throws IOException, InterruptedException {
        try (MeasuredLoad program = environment.polls(environment.program());
                MeasuredLoad floor = environment.polls(environment.floor())) {
            Row.Measured row = comparison.run(POLLS, program, floorTitle(settings), floor);
            results.accept(row.withBudgets(new Row.BudgetResult(
                    row.rateRatio() >= MIN_POLL_RATIO, "at least 0.9 of the floor's requests a second")));
        }
    }

    /** Nonces each of which is better than all before of its account: each is on disk before its receipt. */
    Scenario improving() {
        return new Scenario(
                List.of(IMPROVING), settings.upstreamMissing(), comparison.planned(), this::measureImproving);
    }

    private void measureImproving(BenchEnvironment environment, Consumer<Row> results)
            throws IOException, InterruptedException {
        MeasuredServer server = environment.program();
        ConstantUpstream upstream = environment.upstream();
        int connections = settings.connections();
        List<LoadGenerator.RequestSource> improving =
                environment.nonces().improving(server.target(), upstream.round(), connections, connections);
        long before = upstream.confirmed();
        try (MeasuredLoad program = BenchEnvironment.load(server, improving);
                MeasuredLoad floor = environment.polls(environment.floor())) {
            Row.Measured row = comparison.run(IMPROVING, program, floorTitle(settings), floor);
            if (upstream.confirmed() == before) {
                throw new IOException("no improvement reached the upstream");
            }
            results.accept(row.withBudgets(new Row.BudgetResult(
                    row.figures().rate() >= MIN_IMPROVING_RATE, "at least 5,000 a second")));
        }
    }

    /** A farm that polls once a second, on a program that has done nothing else. */
    Scenario farm() {
        Row.Label label = new Row.Label(FARM, farmConnections() + ", 1 poll a second");
        return new Scenario(
                List.of(label),
                Optional.empty(),
                farmComparison().planned().plus(FARM_START),
                (environment, results) -> {
                    try (ChildServer floor = environment.startFloor()) {
                        if (settings.other().isPresent()) {
                            measureFarm(label, environment.program(), floor.server(), results);
                            return;
                        }
                        try (ChildServer program = environment.startProgram()) {
                            measureFarm(label, program.server(), floor.server(), results);
                        }
                    }
                });
    }

    private String farmConnections() {
        return String.format(Locale.ROOT, "%,d connections", settings.pollers());
    }

    private Comparison farmComparison() {
        Duration least = FARM_INTERVAL.multipliedBy(2);
        return new Comparison(
                settings.time(), settings.warmUp().compareTo(least) < 0 ? least : settings.warmUp());
    }

    private void measureFarm(
            Row.Label label, MeasuredServer program, MeasuredServer floor, Consumer<Row> results)
            throws IOException, InterruptedException {
        try (MeasuredLoad farm = farmLoad(program);
                MeasuredLoad bare = farmLoad(floor)) {
            Row.Measured row = farmComparison().run(label, farm, "floor: " + farmConnections() + ", 1/s", bare);
            double rss = row.figures().rss();
            results.accept(
                    Double.isNaN(rss)
                            ? row
                            : row.withBudgets(
                                    new Row.BudgetResult(rss < MAX_FARM_RSS_MIB, "memory below 256 MiB")));
        }
    }

    private MeasuredLoad farmLoad(MeasuredServer server) throws IOException {
        return new MeasuredLoad(
                LoadGenerator.polling(server.target(), settings.pollers(), FARM_INTERVAL), server.usage());
    }
}
