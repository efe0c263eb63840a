package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A farm that polls once a second, on a program that has done nothing else. */
final class FarmScene implements Scene {
    private static final String ID = "polling_farm";
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final double MAX_RSS_MIB = 256;

    private final BenchSettings settings;

    FarmScene(BenchSettings settings) {
        this.settings = settings;
    }

    private RowName name() {
        return new RowName(ID, connections() + ", 1 poll a second");
    }

    private String connections() {
        return String.format(Locale.ROOT, "%,d connections", settings.pollers());
    }

    @Override
    public List<RowName> rows() {
        return List.of(name());
    }

    @Override
    public Optional<String> obstacle(BenchSettings unused) {
        return Optional.empty();
    }

    @Override
    public Duration planned(BenchSettings unused) {
        return duel().planned().plusSeconds(4);
    }

    private Duel duel() {
        Duration least = INTERVAL.multipliedBy(2);
        return new Duel(
                settings.time(), settings.warmUp().compareTo(least) < 0 ? least : settings.warmUp());
    }

    @Override
    public void play(Stage stage, Told told) throws IOException, InterruptedException {
        try (Subject floor = stage.openFloor()) {
            if (settings.other().isPresent()) {
                measure(stage.program(), floor.server(), told);
                return;
            }
            try (Subject program = stage.openProgram()) {
                measure(program.server(), floor.server(), told);
            }
        }
    }

    private void measure(Server program, Server floor, Told told) throws IOException, InterruptedException {
        try (Contender farm = farm(program);
                Contender bare = farm(floor)) {
            Row.Measured row = duel().fight(name(), farm, "floor: " + connections() + ", 1/s", bare);
            boolean known = !Double.isNaN(row.figures().rss());
            told.row(
                    known
                            ? row.with(new Verdict(row.figures().rss() < MAX_RSS_MIB, "memory below 256 MiB"))
                            : row);
        }
    }

    private Contender farm(Server server) throws IOException {
        return new Contender(Crowd.polling(server.target(), settings.pollers(), INTERVAL), server.vitals());
    }
}
