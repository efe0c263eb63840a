package org.pocx.aggregator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A farm that sends one nonce a machine and second, all of them worse than the best and with a false quality, to a program
 * that checks such nonces in the background. The floor is the same program without the check. The check goes on without
 * load, as it has a nonce of each machine to compute: so each program is suspended while the other one is measured.
 */
final class AuditScenario {
    private static final Row.Label FARM = new Row.Label("audited_farm", "2,000 machines, all nonces bad, audit");
    private static final int MACHINES = 2_000;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration START = Duration.ofSeconds(6);
    private static final Duration BEST_TIMEOUT = Duration.ofMinutes(1);
    private static final double MAX_LATER_MILLIS = 1;

    private AuditScenario() {}

    static Scenario of(BenchSettings settings) {
        Comparison comparison = new Comparison(settings.time(), settings.warmUp());
        return new Scenario(
                List.of(FARM),
                obstacle(settings),
                comparison.planned().plus(START),
                (environment, results) -> measure(environment, comparison, results));
    }

    private static Optional<String> obstacle(BenchSettings settings) {
        if (settings.other().isPresent()) {
            return Optional.of("compares two settings of the program");
        }
        return ChildServer.canTakeTurns()
                ? Optional.empty()
                : Optional.of("the check must be suspended while the floor is measured, which needs signals");
    }

    private static void measure(BenchEnvironment environment, Comparison comparison, Consumer<Row> results)
            throws IOException, InterruptedException {
        try (ChildServer checking = environment.startProgram("verification: { mode: audit, cpu_percent: 5 }\n");
                ChildServer bare = environment.startProgram("verification: { mode: off }\n");
                MeasuredLoad farm = load(environment, checking);
                MeasuredLoad other = load(environment, bare)) {
            Row.Measured row = comparison.run(FARM, farm, "floor: the same without the audit", other);
            results.accept(row.withBudgets(new Row.BudgetResult(
                    row.figures().p99() <= row.floor().p99() + MAX_LATER_MILLIS,
                    "99 % of the answers at most 1 ms later than without the audit")));
        }
    }

    private static MeasuredLoad load(BenchEnvironment environment, ChildServer child)
            throws IOException, InterruptedException {
        MeasuredServer server = child.server();
        BenchRound round = environment.upstream().round();
        NoncePlan nonces = environment.nonces();
        try (LoadGenerator best = LoadGenerator.closedLoop(
                server.target(), nonces.bests(server.target(), round, 1, 1))) {
            best.sendAll(BEST_TIMEOUT);
        }
        return new MeasuredLoad(
                LoadGenerator.paced(
                        server.target(), nonces.worse(server.target(), round, MACHINES, 1), INTERVAL),
                server.usage(),
                child);
    }
}
