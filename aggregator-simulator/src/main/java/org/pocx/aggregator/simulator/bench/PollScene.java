package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** {@code get_mining_info} as fast as it is answered. */
final class PollScene implements Scene {
    private static final RowName NAME = new RowName("get_mining_info", "get_mining_info");
    private static final double LEAST_RATIO = 0.9;

    @Override
    public List<RowName> rows() {
        return List.of(NAME);
    }

    @Override
    public Optional<String> obstacle(BenchSettings settings) {
        return Optional.empty();
    }

    @Override
    public Duration planned(BenchSettings settings) {
        return settings.duel().planned();
    }

    @Override
    public void play(Stage stage, Told told) throws IOException, InterruptedException {
        try (Contender program = polls(stage, stage.program());
                Contender floor = polls(stage, stage.floor())) {
            Row.Measured row =
                    stage.settings().duel().fight(NAME, program, floorTitle(stage.settings()), floor);
            double ratio = row.figures().ratioTo(row.floor()).rate();
            told.row(row.with(new Verdict(ratio >= LEAST_RATIO, "at least 0.9 of the floor's requests a second")));
        }
    }

    static String floorTitle(BenchSettings settings) {
        return "floor: " + settings.connections() + " connections";
    }

    /** As many as there are connections. */
    static Contender polls(Stage stage, Server server) throws IOException {
        RequestSource poll = RequestSource.polls(server.target());
        return new Contender(
                Crowd.eager(server.target(), Collections.nCopies(stage.settings().connections(), poll)),
                server.vitals());
    }
}
