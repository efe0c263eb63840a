package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Nonces each of which is better than all before of its account: each is made durable before its receipt. */
final class ImprovingScene implements Scene {
    private static final RowName NAME = new RowName("submit_nonce_improving", "submit_nonce improving each time");
    private static final double LEAST_RATE = 5_000;

    @Override
    public List<RowName> rows() {
        return List.of(NAME);
    }

    @Override
    public Optional<String> obstacle(BenchSettings settings) {
        return Scene.upstreamIsOurs(settings);
    }

    @Override
    public Duration planned(BenchSettings settings) {
        return settings.duel().planned();
    }

    @Override
    public void play(Stage stage, Told told) throws IOException, InterruptedException {
        Server server = stage.program();
        int connections = stage.settings().connections();
        List<RequestSource> improving = stage.nonces()
                .improving(server.target(), stage.upstream().round(), connections, connections);
        long before = stage.upstream().confirmed();
        try (Contender program = new Contender(Crowd.eager(server.target(), improving), server.vitals());
                Contender floor = PollScene.polls(stage, stage.floor())) {
            Row.Measured row =
                    stage.settings().duel().fight(NAME, program, PollScene.floorTitle(stage.settings()), floor);
            if (stage.upstream().confirmed() == before) {
                throw new IOException("no improvement came upstream");
            }
            told.row(row.with(new Verdict(row.figures().rate() >= LEAST_RATE, "at least 5,000 a second")));
        }
    }
}
