package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What the system tells about a process, in Linux's {@code /proc} (see proc(5)); NaN where it does not. */
final class Vitals {
    /** USER_HZ, which is 100 on every Linux that runs Java. */
    private static final double TICKS_A_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final double KIB_A_MIB = 1024;

    private final OptionalLong pid;

    /** @param pid empty for a process that nobody knows */
    Vitals(OptionalLong pid) {
        this.pid = pid;
    }

    /** Seconds of processor time so far, user and system. */
    double cpuSeconds() {
        String stat = read("stat");
        int name = stat.lastIndexOf(')'); // which may hold spaces
        String[] fields = stat.substring(name + 1).strip().split(" ", -1);
        if (name < 0 || fields.length <= USER_TICKS + 1) {
            return Double.NaN;
        }
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) / TICKS_A_SECOND;
    }

    /** Resident memory in MiB. */
    double rssMib() {
        return read("status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_A_MIB)
                .findFirst()
                .orElse(Double.NaN);
    }

    private String read(String file) {
        try {
            return pid.isEmpty() ? "" : Files.readString(Path.of("/proc", Long.toString(pid.getAsLong()), file));
        } catch (IOException e) {
            return ""; // no such process any more, or no Linux
        }
    }
}
