package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Measures what the program, or another aggregator, does and costs, beside the floor: a bare handler on the same HTTP
 * engine. Program and floor run in processes of their own; the miners and the upstream are played by this one.
 *
 * <p>For one thread, whose interruption ends it.
 */
public final class Benchmark {
    private static final long SEED = 7;
    private static final Duration SETTING_THE_STAGE = Duration.ofSeconds(3);

    private final BenchSettings settings;
    private final List<Scene> scenes;

    /**
     * A benchmark that has started nothing yet.
     *
     * @param settings what to measure, and for how long
     * @param wrk the command of that name, where there is one
     */
    public Benchmark(BenchSettings settings, Optional<Path> wrk) {
        this.settings = settings;
        scenes = List.of(
                new StartScene(),
                new PollScene(),
                new WrkScene(wrk),
                new FilteredScene(),
                new ImprovingScene(),
                new FarmScene(settings),
                new NewBlockScene(new Random(SEED)),
                new HangScene());
    }

    /**
     * Starts all that is needed, measures, and ends all of it.
     *
     * @param listener told of progress and of each row, in the calling thread
     * @throws IOException when something does not start or ends early; the message is for people, of several lines
     * @throws InterruptedException when the thread was interrupted; all is ended then, too
     */
    public void run(BenchListener listener) throws IOException, InterruptedException {
        Duration whole = scenes.stream().map(this::planned).reduce(SETTING_THE_STAGE, Duration::plus);
        listener.begins("starting", Duration.ZERO, SETTING_THE_STAGE, whole);
        Duration before = SETTING_THE_STAGE;
        try (Stage stage = Stage.set(settings)) {
            for (Scene scene : scenes) {
                Optional<String> obstacle = scene.obstacle(settings);
                if (obstacle.isPresent()) {
                    scene.rows().forEach(name -> listener.row(new Row.LeftOut(name, obstacle.get())));
                    continue;
                }
                listener.begins(scene.rows().getFirst().title(), before, scene.planned(settings), whole);
                play(scene, stage, listener);
                before = before.plus(planned(scene));
            }
        }
    }

    private Duration planned(Scene scene) {
        return scene.obstacle(settings).isPresent() ? Duration.ZERO : scene.planned(settings);
    }

    private static void play(Scene scene, Stage stage, BenchListener listener)
            throws IOException, InterruptedException {
        try {
            scene.play(stage, listener::row);
        } catch (IOException e) {
            throw new IOException(
                    scene.rows().getFirst().title() + ": " + e.getMessage() + stage.obituaries(), e);
        }
    }
}
