package org.pocx.aggregator.statistics.detection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.statistics.finding.MachineCapacity;

/**
 * A machine that mines on a chain whose blocks come as those of PoCX do: the time of a block is proportional to the cube
 * root of an exponential quality (protocol, "time bending"). Its best nonce is at a random place of a scan; a block that
 * comes before the end of the scan leaves only the nonces that were found before.
 */
final class SimulatedMachine {
    private static final double BLOCK_SECS = 120;

    /** Gamma(4/3), the mean of the cube root of an exponential value. */
    private static final double MEAN_OF_ROOT = 0.8929795115692493;

    private static final double NANOS = 1e9;

    private final SplittableRandom random;
    private final double scanSecs;
    private final OptionalDouble expected;
    private final MachineWatch machine = new MachineWatch(new MinerId("m"), 0, 0);
    private final MiningInfo info;
    private long nanos = 1;
    private Instant at = Instant.parse("2026-03-01T12:00:00Z");
    private int blocks;

    SimulatedMachine(long seed, double scanSecs, OptionalDouble expected) {
        this(seed, scanSecs, expected, MiningInfo.NO_TARGET_QUALITY);
    }

    SimulatedMachine(long seed, double scanSecs, OptionalDouble expected, long targetQuality) {
        this.random = new SplittableRandom(seed);
        this.scanSecs = scanSecs;
        this.expected = expected;
        this.info = info(targetQuality);
    }

    int blocks() {
        return blocks;
    }

    MachineWatch watch() {
        return machine;
    }

    boolean isDropped() {
        return machine.view().flatMap(MachineCapacity::drop).isPresent();
    }

    private double exponential() {
        return -Math.log1p(-random.nextDouble());
    }

    /** Mines one block. */
    CapacityDetector.@Nullable Change mine(double tib) {
        blocks++;
        double lengthSecs = BLOCK_SECS / MEAN_OF_ROOT * Math.cbrt(exponential());
        WatchedRound round = new WatchedRound(info, nanos, at);
        for (int quarter = 0; quarter < 4; quarter++) {
            machine.seen(round, nanos + (long) ((quarter + 0.5) / 4 * lengthSecs * NANOS));
        }
        submit(round, tib, lengthSecs);
        nanos += (long) (lengthSecs * NANOS);
        at = at.plusNanos((long) (lengthSecs * NANOS));
        round.end(nanos);
        return machine.judge(round, expected, hour -> {});
    }

    /** The best nonce of the part of the scan that ended before the block. */
    private void submit(WatchedRound round, double tib, double lengthSecs) {
        double part = Math.min(1, lengthSecs / scanSecs);
        double foundAtSecs = random.nextDouble() * part * scanSecs;
        double quality = exponential() / (tib * part) * Observation.GENESIS;
        if (quality < round.limit() * Observation.GENESIS) {
            machine.submitted(round, (long) quality, nanos + (long) (foundAtSecs * NANOS));
        }
    }

    private static MiningInfo info(long targetQuality) {
        MiningInfo usual = Nonces.round(1);
        return new MiningInfo(
                usual.generationSignature(),
                usual.baseTarget(),
                usual.height(),
                usual.blockHash(),
                targetQuality,
                1,
                1,
                Map.of());
    }

    /** Mines that many blocks; returns what was reported. */
    List<CapacityDetector.Change> mine(int count, double tib) {
        List<CapacityDetector.Change> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CapacityDetector.@Nullable Change change = mine(tib);
            if (change != null) {
                all.add(change);
            }
        }
        return all;
    }

    /** Mines until something is reported; returns after how many blocks, at most the given number. */
    int mineUntilReported(int most, double tib) {
        for (int i = 1; i <= most; i++) {
            if (mine(tib) != null) {
                return i;
            }
        }
        return most;
    }
}
