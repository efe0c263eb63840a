package org.pocx.aggregator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Where and when a benchmark ran.
 *
 * @param time when it began
 * @param processor the model of the processor
 * @param processors the number of processors
 * @param system kernel and architecture
 * @param java version and vendor
 * @param load the load averages at the beginning, as in {@code /proc/loadavg}
 */
public record BenchMachine(
        Instant time, String processor, int processors, String system, String java, String load) {
    private static final String UNKNOWN = "unknown";

    /**
     * {@return this machine}
     *
     * @param time of the run, wall clock
     */
    public static BenchMachine here(Instant time) {
        String[] averages = read("/proc/loadavg").split(" ", -1);
        return new BenchMachine(
                time,
                read("/proc/cpuinfo")
                        .lines()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(UNKNOWN),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
                averages.length < 3 ? UNKNOWN : String.join(" ", averages[0], averages[1], averages[2]));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return ""; // not Linux
        }
    }
}
