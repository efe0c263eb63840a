package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The floor for what is a single time and no load: the round trip of one miner, who asks 200 times a second. */
final class LoneMiner {
    private static final Duration INTERVAL = Duration.ofMillis(5);

    private LoneMiner() {}

    static Row.Measured row(Stage stage, RowName name, Figures figures, long failed)
            throws IOException, InterruptedException {
        Server server = stage.floor();
        try (Contender floor = new Contender(Crowd.polling(server.target(), 1, INTERVAL), server.vitals())) {
            floor.slice(warmUp(stage.settings()), time(stage.settings()));
            return new Row.Measured(
                    name, figures, "floor: round trip, 1 connection", floor.figures(), failed, List.of(),
                    Optional.empty());
        }
    }

    static Duration planned(BenchSettings settings) {
        return warmUp(settings).plus(time(settings));
    }

    private static Duration warmUp(BenchSettings settings) {
        return settings.warmUp().dividedBy(4);
    }

    private static Duration time(BenchSettings settings) {
        return settings.time().dividedBy(4);
    }
}
