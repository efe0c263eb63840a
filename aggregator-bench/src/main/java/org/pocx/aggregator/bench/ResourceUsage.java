package org.pocx.aggregator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Processor time and memory of a process, from Linux's {@code /proc} (see proc(5)); NaN where that is not available.
 *
 * @param pid empty if the process is not known
 */
record ResourceUsage(OptionalLong pid) {
    /** USER_HZ, which is 100 on every Linux that runs Java. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final double KIB_PER_MIB = 1024;

    /** Seconds of processor time so far, user and system. */
    double cpuSeconds() {
        String stat = read("stat");
        int name = stat.lastIndexOf(')'); // the name may contain spaces
        String[] fields = stat.substring(name + 1).strip().split(" ", -1);
        if (name < 0 || fields.length <= USER_TICKS + 1) {
            return Double.NaN;
        }
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) / TICKS_PER_SECOND;
    }

    /** Resident memory in MiB. */
    double rssMib() {
        return read("status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
                .findFirst()
                .orElse(Double.NaN);
    }

    private String read(String file) {
        try {
            return pid.isEmpty() ? "" : Files.readString(Path.of("/proc", Long.toString(pid.getAsLong()), file));
        } catch (IOException e) {
            return ""; // the process has ended, or this is not Linux
        }
    }
}
