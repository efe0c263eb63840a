package org.pocx.aggregator.simulator.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Writes the table, a row as soon as it is measured, in lines of at most 100 characters. For one thread. */
public final class BenchTable {
    private static final int WIDTH = 100;
    private static final String LINE = "%-39s%9s%10s%10s%10s%10s%9s%n";
    private static final String INDENT = "    ";

    private final PrintStream out;
    private String lastFloor = "";

    /**
     * A table that is printed as it grows.
     *
     * @param out not closed here
     */
    public BenchTable(PrintStream out) {
        this.out = out;
    }

    /**
     * What is measured, where, and what the columns are.
     *
     * @param machine where the run is
     * @param settings what was asked for
     */
    public void begin(BenchMachine machine, BenchSettings settings) {
        String what =
                settings.other().map(other -> other.shownUrl().toString()).orElse("the program, as a child process");
        wrap("", what + "; engine of program and floor: " + settings.engine());
        wrap("", machine.time() + ", " + machine.processors() + " x " + machine.processor() + ", " + machine.system()
                + ", Java " + machine.java() + ", load " + machine.load());
        wrap("", settings.connections() + " connections; " + seconds(settings.time()) + " s each after "
                + seconds(settings.warmUp())
                + " s of warm-up; times in ms, CPU in s for 100,000 requests, memory in MiB");
        out.println();
        out.printf(LINE, "", "per s", "p50", "p99", "p99.9", "CPU/100k", "memory");
        out.flush();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3g", time.toMillis() / 1e3).replaceFirst("\\.?0+$", "");
    }

    /**
     * A row with its ratio to the floor, and what the floor did where that is another than before.
     *
     * @param row the next one, in the order of the run
     */
    public void row(Row row) {
        switch (row) {
            case Row.Measured measured -> measured(measured);
            case Row.LeftOut leftOut -> wrap("", String.format(
                    Locale.ROOT, "%-39sleft out: %s", leftOut.name().title(), leftOut.reason()));
        }
        out.flush();
    }

    private void measured(Row.Measured row) {
        if (!row.floorTitle().equals(lastFloor)) {
            lastFloor = row.floorTitle();
            figures(row.floorTitle(), row.floor());
        }
        figures(row.name().title(), row.figures());
        ratios(row.figures().ratioTo(row.floor()));
        row.verdicts().forEach(
                verdict -> wrap(INDENT, (verdict.met() ? "budget met: " : "BUDGET MISSED: ") + verdict.rule()));
        if (row.failed() > 0) {
            wrap(INDENT, row.failed() + " requests got no result");
        }
        row.note().ifPresent(note -> wrap(INDENT, note));
    }

    private void figures(String title, Figures figures) {
        out.printf(
                LINE,
                title,
                number(figures.rate(), "%,.0f"),
                millis(figures.p50()),
                millis(figures.p99()),
                millis(figures.p999()),
                number(figures.cpu(), "%.2f"),
                number(figures.rss(), "%.0f"));
    }

    private void ratios(Figures ratio) {
        out.printf(
                LINE,
                "  as a ratio to the floor",
                times(ratio.rate()),
                times(ratio.p50()),
                times(ratio.p99()),
                times(ratio.p999()),
                times(ratio.cpu()),
                times(ratio.rss()));
    }

    private static String times(double ratio) {
        return number(ratio, ratio >= 100 ? "%.0fx" : "%.2fx");
    }

    private static String millis(double millis) {
        return number(millis, millis >= 100 ? "%,.0f" : millis >= 10 ? "%.1f" : "%.3f");
    }

    private static String number(double number, String format) {
        return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, format, number);
    }

    /** Breaks between words; what follows the first line is indented. */
    private void wrap(String indent, String text) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split("(?<=\\S) ", -1)) {
            if (line.length() + word.length() + 1 > WIDTH) {
                out.println(line.toString().stripTrailing());
                line.setLength(0);
                line.append(indent).append(INDENT);
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }
}
