package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures what a submission costs: improvements, each of which is committed to the outbox before its receipt and is then
 * confirmed by the upstream, beside nonces that are filtered and requests for mining info.
 *
 * <p>For one thread.
 */
public final class CostBenchmark {
    private final CostSettings settings;
    private final PrintStream out;

    /** @param out where the table goes, a row as soon as it is measured */
    public CostBenchmark(CostSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * Run as {@code java -Dtinylog.level=off -cp pocx-aggregator.jar
     * org.pocx.aggregator.simulator.bench.CostBenchmark [JAR [SECONDS [OPTION of the program's Java…]]]}. Without a JAR it
     * is the one that this class is in.
     */
    public static void main(String[] args) throws IOException {
        List<String> given = Arrays.asList(args);
        Path jar = Path.of(given.isEmpty() ? System.getProperty("java.class.path") : given.get(0));
        CostSettings settings = CostSettings.of(jar);
        if (given.size() > 1) {
            settings = settings.withTime(Duration.ofSeconds(Long.parseLong(given.get(1))));
        }
        if (given.size() > 2) {
            settings = settings.withJavaOptions(given.subList(2, given.size()));
        }
        new CostBenchmark(settings, System.out).run();
    }

    /** Starts all that is needed, measures, prints, and ends all of it. */
    public void run() throws IOException {
        try (ChildJvm upstream = ChildJvm.of(ConstantUpstream.class)) {
            int upstreamPort = Integer.parseInt(upstream.readLine());
            try (Subject subject = Subject.start(settings.jar(), settings.javaOptions(), upstreamPort)) {
                out.printf(
                        Locale.ROOT,
                        "%d connections, %d accounts, %d processors%n%-12s %10s %9s %9s %9s %12s %8s%n",
                        settings.connections(),
                        settings.accounts(),
                        Runtime.getRuntime().availableProcessors(),
                        "",
                        "per second",
                        "p50 ms",
                        "p99 ms",
                        "p99.9 ms",
                        "CPU s/100k",
                        "failed");
                for (int run = 0; run < settings.runs(); run++) {
                    measure(subject, Load.POLLS, run);
                    measure(subject, Load.IMPROVING, run);
                    measure(subject, Load.FILTERED, run);
                }
            }
            upstream.endInput();
            out.println("The upstream confirmed " + upstream.readLine() + " nonces.");
        }
    }

    private void measure(Subject subject, Load load, int run) throws IOException {
        Duration before = subject.cpu();
        long begun = System.nanoTime();
        Measurement measured = generate(subject.port(), load, run);
        // The warm-up's share of the processor is taken off by time: it is the same work.
        double share = (double) settings.time().toNanos() / (System.nanoTime() - begun);
        double cpu = subject.cpu().minus(before).toNanos() / 1e9 * share;
        out.printf(
                Locale.ROOT,
                "%-12s %10.0f %9.2f %9.2f %9.2f %12.2f %8d%n",
                load.name().toLowerCase(Locale.ROOT),
                measured.rate(),
                millis(measured.p50()),
                millis(measured.p99()),
                millis(measured.p999()),
                cpu / measured.answered() * 100_000,
                measured.failed());
    }

    private Measurement generate(int port, Load load, int run) throws IOException {
        try (ChildJvm generator = ChildJvm.of(
                LoadGenerator.class,
                Integer.toString(port),
                load.name(),
                Integer.toString(run),
                Integer.toString(settings.connections()),
                Integer.toString(settings.accounts()),
                Long.toString(settings.warmUp().toMillis()),
                Long.toString(settings.time().toMillis()))) {
            return Measurement.ofLine(generator.readLine());
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
