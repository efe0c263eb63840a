package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Nonces that are worse than the best of their account, which was sent and confirmed before. */
final class FilteredScene implements Scene {
    private static final List<Integer> ACCOUNTS = List.of(1, 1_000, 10_000);
    private static final double LEAST_RATIO = 0.6;
    private static final double LEAST_SAMENESS = 0.9;
    private static final Duration BESTS_WITHIN = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofSeconds(1);

    @Override
    public List<RowName> rows() {
        return ACCOUNTS.stream().map(FilteredScene::name).toList();
    }

    private static RowName name(int accounts) {
        return new RowName(
                "submit_nonce_filtered_" + accounts,
                String.format(
                        Locale.ROOT, "submit_nonce filtered, %,d account%s", accounts, accounts == 1 ? "" : "s"));
    }

    @Override
    public Optional<String> obstacle(BenchSettings settings) {
        return Scene.upstreamIsOurs(settings);
    }

    @Override
    public Duration planned(BenchSettings settings) {
        return settings.duel().planned().multipliedBy(ACCOUNTS.size()).plusSeconds(9);
    }

    @Override
    public void play(Stage stage, Told told) throws IOException, InterruptedException {
        List<Double> ratios = new ArrayList<>();
        for (int accounts : ACCOUNTS) {
            long settled = sendBests(stage, accounts);
            Row.Measured row = measure(stage, accounts);
            double ratio = row.figures().ratioTo(row.floor()).rate();
            ratios.add(ratio);
            long through = stage.upstream().confirmed() - settled;
            if (through > 0) {
                row = row.with(through + " nonces went upstream, though none was better than the best before");
            }
            Verdict share = new Verdict(ratio >= LEAST_RATIO, "at least 0.6 of the floor's requests a second");
            told.row(
                    ratios.size() < ACCOUNTS.size() ? row.with(share) : row.with(share, sameness(ratios)));
        }
    }

    private static Verdict sameness(List<Double> ratios) {
        double least = Collections.min(ratios);
        double most = Collections.max(ratios);
        return new Verdict(
                least >= LEAST_SAMENESS * most,
                String.format(
                        Locale.ROOT,
                        "within 10 %% at 1, 1,000 and 10,000 accounts (%.0f %%, as ratios to the floor)",
                        (1 - least / most) * 100));
    }

    /** Returns how many the upstream has confirmed when all of them are settled. */
    private static long sendBests(Stage stage, int accounts) throws IOException, InterruptedException {
        Target target = stage.program().target();
        long before = stage.upstream().confirmed();
        Tally tally = new Tally();
        try (Crowd crowd = Crowd.eager(
                target,
                stage.nonces()
                        .bests(target, stage.upstream().round(), stage.settings().connections(), accounts))) {
            crowd.exhaust(BESTS_WITHIN, tally);
        }
        if (tally.failures() > 0) {
            throw new IOException(tally.failures() + " of " + accounts + " nonces got no result");
        }
        return settle(stage.upstream(), before + accounts);
    }

    /** A nonce whose answer was long in coming may have been sent twice: only when nothing comes any more, all is done. */
    private static long settle(ConstantUpstream upstream, long least) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        long seen = -1;
        while (upstream.confirmed() < least || upstream.confirmed() > seen) {
            if (System.nanoTime() - begun > BESTS_WITHIN.toNanos()) {
                throw new IOException("best nonces do not come upstream: " + (least - upstream.confirmed())
                        + " are missing after " + BESTS_WITHIN.toSeconds() + " s");
            }
            seen = upstream.confirmed();
            Thread.sleep(QUIET);
        }
        return seen;
    }

    private static Row.Measured measure(Stage stage, int accounts) throws IOException, InterruptedException {
        Server server = stage.program();
        List<RequestSource> worse = stage.nonces()
                .worse(server.target(), stage.upstream().round(), stage.settings().connections(), accounts);
        try (Contender program = new Contender(Crowd.eager(server.target(), worse), server.vitals());
                Contender floor = PollScene.polls(stage, stage.floor())) {
            return stage.settings()
                    .duel()
                    .fight(name(accounts), program, PollScene.floorTitle(stage.settings()), floor);
        }
    }
}
