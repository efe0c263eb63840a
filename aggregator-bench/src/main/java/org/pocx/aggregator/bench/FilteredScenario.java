package org.pocx.aggregator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Nonces that are worse than the best of their account, which was sent and confirmed before. */
final class FilteredScenario {
    private static final List<Integer> ACCOUNTS = List.of(1, 1_000, 10_000);
    private static final double MIN_RATIO = 0.6;
    private static final double MIN_EVENNESS = 0.9;
    private static final Duration BESTS_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration BESTS_PLANNED = Duration.ofSeconds(9);
    private static final Duration QUIET = Duration.ofSeconds(1);

    private FilteredScenario() {}

    static Scenario of(BenchSettings settings) {
        Comparison comparison = new Comparison(settings.time(), settings.warmUp());
        return new Scenario(
                ACCOUNTS.stream().map(FilteredScenario::label).toList(),
                settings.upstreamMissing(),
                comparison.planned().multipliedBy(ACCOUNTS.size()).plus(BESTS_PLANNED),
                (environment, results) -> measure(environment, comparison, results));
    }

    private static Row.Label label(int accounts) {
        return new Row.Label(
                "submit_nonce_filtered_" + accounts,
                String.format(
                        Locale.ROOT, "submit_nonce filtered, %,d account%s", accounts, accounts == 1 ? "" : "s"));
    }

    private static void measure(BenchEnvironment environment, Comparison comparison, Consumer<Row> results)
            throws IOException, InterruptedException {
        List<Double> ratios = new ArrayList<>();
        for (int accounts : ACCOUNTS) {
            long confirmed = sendBests(environment, accounts);
            Row.Measured row = measure(environment, comparison, accounts);
            long forwarded = environment.upstream().confirmed() - confirmed;
            if (forwarded > 0) {
                row = row.withNote(forwarded + " nonces went upstream, though none was better than the best before");
            }
            ratios.add(row.rateRatio());
            Row.BudgetResult share = new Row.BudgetResult(
                    row.rateRatio() >= MIN_RATIO, "at least 0.6 of the floor's requests a second");
            results.accept(
                    ratios.size() < ACCOUNTS.size()
                            ? row.withBudgets(share)
                            : row.withBudgets(share, evenness(ratios)));
        }
    }

    private static Row.BudgetResult evenness(List<Double> ratios) {
        double evenness = Collections.min(ratios) / Collections.max(ratios);
        return new Row.BudgetResult(
                evenness >= MIN_EVENNESS,
                String.format(
                        Locale.ROOT,
                        "within 10 %% at 1, 1,000 and 10,000 accounts (%.0f %%, as ratios to the floor)",
                        (1 - evenness) * 100));
    }

    /** Returns how many nonces the upstream has confirmed when the best ones are. */
    private static long sendBests(BenchEnvironment environment, int accounts)
            throws IOException, InterruptedException {
        Target target = environment.program().target();
        ConstantUpstream upstream = environment.upstream();
        long least = upstream.confirmed() + accounts;
        List<LoadGenerator.RequestSource> bests = environment.nonces()
                .bests(target, upstream.round(), environment.settings().connections(), accounts);
        try (LoadGenerator load = LoadGenerator.closedLoop(target, bests)) {
            load.sendAll(BESTS_TIMEOUT);
        }
        return awaitConfirmations(upstream, least);
    }

    /** A nonce whose answer was late may be sent twice, so it waits until no more arrive. */
    private static long awaitConfirmations(ConstantUpstream upstream, long least)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        long seen = -1;
        while (upstream.confirmed() < least || upstream.confirmed() > seen) {
            if (System.nanoTime() - begun > BESTS_TIMEOUT.toNanos()) {
                throw new IOException("best nonces do not reach the upstream: " + (least - upstream.confirmed())
                        + " are missing after " + BESTS_TIMEOUT.toSeconds() + " s");
            }
            seen = upstream.confirmed();
            Thread.sleep(QUIET);
        }
        return seen;
    }

    private static Row.Measured measure(BenchEnvironment environment, Comparison comparison, int accounts)
            throws IOException, InterruptedException {
        MeasuredServer server = environment.program();
        BenchSettings settings = environment.settings();
        List<LoadGenerator.RequestSource> worse = environment.nonces()
                .worse(server.target(), environment.upstream().round(), settings.connections(), accounts);
        try (MeasuredLoad program = BenchEnvironment.load(server, worse);
                MeasuredLoad floor = environment.polls(environment.floor())) {
            return comparison.run(label(accounts), program, LoadScenarios.floorTitle(settings), floor);
        }
    }
}
