package org.pocx.aggregator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResourceUsageTest {
    @Test
    void thisProcess_hasUsedTimeAndMemory() {
        assumeThat(Files.isDirectory(Path.of("/proc/self"))).as("Linux").isTrue();
        ResourceUsage usage = new ResourceUsage(OptionalLong.of(ProcessHandle.current().pid()));

        double before = cpuSeconds();
        double told = usage.cpuSeconds();
        assertThat(told).isBetween(before, cpuSeconds());
        assertThat(usage.rssMib()).isBetween(10.0, 100_000.0);
    }

    private static double cpuSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    @Test
    void unknownProcess_isNoNumber() {
        assertThat(new ResourceUsage(OptionalLong.empty()).cpuSeconds()).isNaN();
        assertThat(new ResourceUsage(OptionalLong.of(Long.MAX_VALUE)).rssMib()).isNaN();
    }
}
