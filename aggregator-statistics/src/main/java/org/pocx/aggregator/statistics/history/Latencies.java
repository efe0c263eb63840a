package org.pocx.aggregator.statistics.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The answer times of the upstream as a histogram that can be added to another one. Class {@code i} counts times up to
 * 2^(i/2) ms that are in no lower class; the last of {@value #CLASSES} classes has no upper bound. Immutable.
 *
 * @param counts the counts from the first class on; missing ones are 0
 */
public record Latencies(List<Long> counts) {
    /** The number of classes, up to about 13 minutes. */
    public static final int CLASSES = 40;

    /** No answers. */
    public static final Latencies NONE = new Latencies(List.of());

    /**
     * Copies the counts.
     *
     * @throws IllegalArgumentException if there are too many classes or a count is negative
     */
    public Latencies {
        counts = List.copyOf(counts);
        if (counts.size() > CLASSES || counts.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("at most " + CLASSES + " counts, none negative");
        }
    }

    /**
     * {@return the class of an answer time, from 0}
     *
     * @param time the answer time; negative counts as zero
     */
    public static int classOf(Duration time) {
        double millis = time.toNanos() / 1e6;
        if (millis <= 1) {
            return 0;
        }
        return Math.min(CLASSES - 1, (int) Math.ceil(2 * Math.log(millis) / Math.log(2) - 1e-9));
    }

    /** {@return the number of answers} */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The quantile of the answer times in milliseconds, exact to the width of a class (a factor of 1.41); {@link
     * Double#NaN} if there were no answers.
     *
     * @param part 0 to 1
     * @return milliseconds, or NaN
     */
    public double quantileMillis(double part) {
        double wanted = part * count();
        double below = 0;
        for (int i = 0; i < counts.size(); i++) {
            long here = counts.get(i);
            if (here > 0 && below + here >= wanted) {
                double lower = i == 0 ? 0 : Math.pow(2, (i - 1) / 2.0);
                return lower + (Math.pow(2, i / 2.0) - lower) * Math.max(0, wanted - below) / here;
            }
            below += here;
        }
        return Double.NaN;
    }

    /**
     * {@return the sums of the classes}
     *
     * @param other the counts to add
     */
    public Latencies plus(Latencies other) {
        int classes = Math.max(counts.size(), other.counts.size());
        List<Long> sums = new ArrayList<>(classes);
        for (int i = 0; i < classes; i++) {
            sums.add(at(i) + other.at(i));
        }
        return new Latencies(sums);
    }

    private long at(int i) {
        return i < counts.size() ? counts.get(i) : 0;
    }

    /**
     * {@return latencies with these counts, without the zeros at the end}
     *
     * @param all the count of each class, the fastest first; none negative
     */
    public static Latencies of(long... all) {
        int used = all.length;
        while (used > 0 && all[used - 1] == 0) {
            used--;
        }
        return new Latencies(LongStream.of(all).limit(used).boxed().toList());
    }
}
