package org.pocx.aggregator.cli.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * What a soak measured, and what of it grew. A figure is flat when its mean over the last quarter exceeds that over the
 * second one by no more than a tolerance: the first quarter is for tables to fill and code to warm up, and means
 * forgive a sample that hits a busy moment. Of what is much and little by turns, such as the heap with and without views of
 * a large farm in the making, the least counts instead: what is forgotten stays. Not thread-safe.
 */
final class SoakFigures {
    private static final long MIB = 1 << 20;

    private static final List<Figure> FIGURES = List.of(
            new Figure("heap", SoakSample::heap, SoakFigures::least, 0.05, 4 * MIB),
            new Figure("threads", SoakSample::threads, SoakFigures::mean, 0.05, 3),
            new Figure("unconnected", SoakSample::unconnected, SoakFigures::least, 0.05, 10),
            new Figure("database with log", SoakSample::database, SoakFigures::mean, 0.05, 2 * MIB),
            new Figure("rows of the outbox", SoakSample::outbox, SoakFigures::least, 0.10, 100),
            new Figure("RSS", SoakSample::rss, SoakFigures::mean, 0.10, 8 * MIB),
            new Figure("descriptors", SoakSample::descriptors, SoakFigures::mean, 0.10, 20),
            new Figure("machines known", SoakSample::machines, SoakFigures::mean, 0.02, 100),
            new Figure("accounts known", SoakSample::accounts, SoakFigures::mean, 0.02, 100));

    /** What must be flat, and by how much it may rise: by a part of what it was, and some more for what comes and goes. */
    private record Figure(
            String name, ToLongFunction<SoakSample> of, Function<LongStream, Number> summary, double part, long more) {

        double in(List<SoakSample> samples) {
            return summary.apply(samples.stream().mapToLong(of)).doubleValue();
        }
    }

    private static double mean(LongStream values) {
        return values.average().orElseThrow();
    }

    private static long least(LongStream values) {
        return values.min().orElseThrow();
    }

    private final List<SoakSample> samples = new ArrayList<>();

    void add(SoakSample sample) {
        samples.add(sample);
    }

    int samples() {
        return samples.size();
    }

    List<SoakSample> sinceSecondQuarter() {
        return quarters(1, 4);
    }

    private List<SoakSample> quarters(int from, int to) {
        return samples.subList(samples.size() * from / 4, samples.size() * to / 4);
    }

    private double in(int quarter, Figure figure) {
        return figure.in(quarters(quarter - 1, quarter));
    }

    /** One line for each figure that is not flat. */
    List<String> grown() {
        List<String> grown = new ArrayList<>();
        for (Figure figure : FIGURES) {
            double before = in(2, figure);
            double after = in(4, figure);
            if (after > before * (1 + figure.part) + figure.more) {
                grown.add("%s: %.0f in the second quarter, %.0f in the last".formatted(
                        figure.name, before, after));
            }
        }
        return grown;
    }

    /** All samples, and the means of the quarters that are compared. */
    String table() {
        StringBuilder table = new StringBuilder(SoakSample.HEADER);
        samples.forEach(table::append);
        if (samples.size() < 4) {
            return table.toString(); // it ended before its time
        }
        for (Figure figure : FIGURES) {
            double before = in(2, figure);
            double after = in(4, figure);
            double scale = after > MIB ? MIB : 1;
            table.append("%-18s second quarter %10.1f, last quarter %10.1f%s, %+.1f %%%n"
                    .formatted(
                            figure.name,
                            before / scale,
                            after / scale,
                            scale > 1 ? " MiB" : "",
                            before == 0 ? 0 : 100 * (after / before - 1)));
        }
        return table.toString();
    }

    /** The classes whose objects took more room than before, the ones that grew most first. */
    static String growth(Map<String, Long> before, Map<String, Long> after) {
        StringBuilder lines =
                new StringBuilder("Heap by class, from the end of the first quarter to the end:%n".formatted());
        after.entrySet().stream()
                .sorted((a, b) -> Long.compare(rise(before, b), rise(before, a)))
                .limit(10)
                .forEach(entry -> lines.append(
                        "%+12d to %12d bytes  %s%n".formatted(rise(before, entry), entry.getValue(), entry.getKey())));
        return lines.toString();
    }

    private static long rise(Map<String, Long> before, Map.Entry<String, Long> after) {
        return after.getValue() - before.getOrDefault(after.getKey(), 0L);
    }
}
