package org.pocx.aggregator.dashboard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.pocx.aggregator.dashboard.json.JsonWriter;
import org.pocx.aggregator.statistics.Capacity;
import org.pocx.aggregator.statistics.history.Latencies;
import org.pocx.aggregator.statistics.history.MinuteRecord;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.WorkCounts;

/**
 * The past of the farm in equal time steps. A step is identified by its start; unknown values are NaN. Not thread-safe.
 */
final class SeriesTable {
    private final Instant from;
    private final Instant to;
    private final Duration step;
    private final WorkCounts[] counts;
    private final Latencies[] latencies;
    private final boolean[] recorded;
    private final double[] capacity;
    private final double[] machines;
    private final double[] rounds;
    private final double[] sumPocTime;
    private final double[] bestPocTime;
    private final double[] withNonce;

    /** @param step a whole number of minutes */
    SeriesTable(Instant about, Instant to, Duration step) {
        long seconds = step.toSeconds();
        this.from = Instant.ofEpochSecond(Math.floorDiv(about.getEpochSecond(), seconds) * seconds);
        this.to = to;
        this.step = step;
        int steps = (int) (Duration.between(from, to).toSeconds() / seconds) + 1;
        counts = new WorkCounts[steps];
        latencies = new Latencies[steps];
        Arrays.fill(counts, WorkCounts.NONE);
        Arrays.fill(latencies, Latencies.NONE);
        recorded = new boolean[steps];
        capacity = unknown(steps);
        machines = unknown(steps);
        rounds = new double[steps];
        sumPocTime = new double[steps];
        bestPocTime = unknown(steps);
        withNonce = new double[steps];
    }

    private static double[] unknown(int steps) {
        double[] values = new double[steps];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** The start of the first step. */
    Instant from() {
        return from;
    }

    private int stepOf(Instant at) {
        long index = Math.floorDiv(Duration.between(from, at).toSeconds(), step.toSeconds());
        return index < 0 || index >= counts.length ? -1 : (int) index;
    }

    /** Adds a minute; minutes are added in their order. */
    void add(MinuteRecord minute) {
        int i = stepOf(minute.at());
        if (i < 0) {
            return;
        }
        recorded[i] = true;
        counts[i] = counts[i].plus(minute.counts());
        latencies[i] = latencies[i].plus(minute.latencies());
        if (Double.isFinite(minute.capacityTib())) {
            capacity[i] = minute.capacityTib();
        }
        machines[i] = minute.activeMachines();
    }

    /** Adds a round to the step in which it began. */
    void add(RoundRecord round) {
        int i = stepOf(round.begunAt());
        if (i < 0) {
            return;
        }
        rounds[i]++;
        round.best().ifPresent(best -> {
            double seconds = Capacity.toDouble(best.pocTime());
            withNonce[i]++;
            sumPocTime[i] += seconds;
            bestPocTime[i] = Double.isNaN(bestPocTime[i]) ? seconds : Math.min(bestPocTime[i], seconds);
        });
    }

    byte[] json(String range) {
        int steps = counts.length;
        return JsonWriter.render(out -> {
            out.text("range", range);
            out.time("from", from);
            out.time("to", to);
            out.seconds("stepSecs", step);
            out.numbers("time", column(steps, i -> from.plus(step.multipliedBy(i)).getEpochSecond()));
            out.numbers("capacityTib", capacity);
            out.numbers("activeMachines", machines);
            out.numbers("received", counted(i -> counts[i].received()));
            out.numbers("filtered", counted(i -> counts[i].filtered()));
            out.numbers("confirmed", counted(i -> counts[i].confirmed()));
            out.numbers("rejected", counted(i -> counts[i].rejected()));
            out.numbers("stale", counted(i -> counts[i].stale()));
            out.numbers("latencyMedianMs", column(steps, i -> latencies[i].quantileMillis(0.5)));
            out.numbers("latency95Ms", column(steps, i -> latencies[i].quantileMillis(0.95)));
            out.numbers("rounds", rounds);
            out.numbers("roundsWithoutNonce", column(steps, i -> rounds[i] - withNonce[i]));
            out.numbers("bestPocTime", bestPocTime);
            out.numbers("meanPocTime", column(steps, i -> sumPocTime[i] / withNonce[i]));
        });
    }

    private interface Cell {
        double at(int i);
    }

    private static double[] column(int steps, Cell cell) {
        double[] values = new double[steps];
        Arrays.setAll(values, cell::at);
        return values;
    }

    /** Steps without a record have no count, rather than 0. */
    private double[] counted(Cell cell) {
        return column(counts.length, i -> recorded[i] ? cell.at(i) : Double.NaN);
    }
}
