package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Where a benchmark ran, without which its figures say little.
 *
 * @param time when it began
 * @param processor its model
 * @param processors how many there are
 * @param system kernel and architecture
 * @param java version and vendor
 * @param load what the machine did at the beginning, as {@code /proc/loadavg} has it
 */
public record BenchMachine(
        Instant time, String processor, int processors, String system, String java, String load) {
    private static final String UNKNOWN = "unknown";

    /**
     * {@return the machine that this runs on}
     *
     * @param time of the run, wall clock
     */
    public static BenchMachine here(Instant time) {
        return new BenchMachine(
                time,
                processorModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
                firstWords(read("/proc/loadavg")));
    }

    private static String processorModel() {
        return read("/proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static String firstWords(String line) {
        String[] words = line.split(" ", -1);
        return words.length < 3 ? UNKNOWN : String.join(" ", words[0], words[1], words[2]);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return ""; // no Linux
        }
    }
}
