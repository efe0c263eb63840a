package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** From the start of the process to the first mining info, and the memory of a program that rests. */
final class StartScene implements Scene {
    private static final RowName NAME = new RowName("start", "start to first answer; memory at rest");
    private static final String FLOOR = "floor: start to first answer";
    private static final int STARTS = 3;
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);
    private static final double LIMIT_MILLIS = 1_000;

    @Override
    public List<RowName> rows() {
        return List.of(NAME);
    }

    @Override
    public Optional<String> obstacle(BenchSettings settings) {
        return settings.other().isEmpty() ? Optional.empty() : Optional.of("it runs already");
    }

    @Override
    public Duration planned(BenchSettings settings) {
        return rest(settings).plus(Duration.ofSeconds(1)).multipliedBy(STARTS);
    }

    private static Duration rest(BenchSettings settings) {
        return settings.time().compareTo(LONGEST_REST) < 0 ? settings.time() : LONGEST_REST;
    }

    @Override
    public void play(Stage stage, Told told) throws IOException, InterruptedException {
        LatencyHistogram program = new LatencyHistogram();
        LatencyHistogram floor = new LatencyHistogram();
        double programRss = 0;
        double floorRss = 0;
        for (int i = 0; i < STARTS; i++) {
            try (Subject one = stage.openProgram()) {
                program.record(one.firstAnswer().toNanos());
                Thread.sleep(rest(stage.settings()));
                programRss = Math.max(programRss, one.server().vitals().rssMib());
            }
            try (Subject one = stage.openFloor()) {
                floor.record(one.firstAnswer().toNanos());
                floorRss = Math.max(floorRss, one.server().vitals().rssMib());
            }
        }
        Figures figures = Figures.ofTimes(program, programRss);
        told.row(new Row.Measured(
                NAME, figures, FLOOR, Figures.ofTimes(floor, floorRss), 0, List.of(), Optional.empty())
                .with(new Verdict(figures.p50() < LIMIT_MILLIS, "start to first answer below 1 s")));
    }
}
