package org.pocx.aggregator.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VitalsTest {
    @Test
    void thisProcess_hasUsedTimeAndMemory() {
        assumeThat(Files.isDirectory(Path.of("/proc/self"))).as("Linux").isTrue();
        Vitals vitals = new Vitals(OptionalLong.of(ProcessHandle.current().pid()));

        double before = cpuSeconds();
        double told = vitals.cpuSeconds();
        assertThat(told).isBetween(before, cpuSeconds());
        assertThat(vitals.rssMib()).isBetween(10.0, 100_000.0);
    }

    private static double cpuSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    @Test
    void unknownProcess_isNoNumber() {
        assertThat(new Vitals(OptionalLong.empty()).cpuSeconds()).isNaN();
        assertThat(new Vitals(OptionalLong.of(Long.MAX_VALUE)).rssMib()).isNaN();
    }
}
