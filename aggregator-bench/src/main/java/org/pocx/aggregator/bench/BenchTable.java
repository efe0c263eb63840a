package org.pocx.aggregator.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Prints the table, each row as soon as it is measured, in lines of at most 100 characters. For one thread. */
public final class BenchTable {
    private static final int WIDTH = 100;
    private static final String LINE = "%-39s%9s%10s%10s%10s%10s%9s%n";
    private static final String INDENT = "    ";

    private final PrintStream out;
    private String lastFloor = "";

    /**
     * An empty table.
     *
     * @param out where it is printed; not closed here
     */
    public BenchTable(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints what is measured, where, and the titles of the columns.
     *
     * @param machine where the benchmark runs
     * @param settings of the benchmark
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
     * Prints a row and its ratio to the floor. The floor's figures come first if they differ from those of the last row.
     *
     * @param row the next one
     */
    public void row(Row row) {
        switch (row) {
            case Row.Measured measured -> measured(measured);
            case Row.LeftOut leftOut -> wrap("", String.format(
                    Locale.ROOT, "%-39sleft out: %s", leftOut.label().title(), leftOut.reason()));
        }
        out.flush();
    }

    private void measured(Row.Measured row) {
        if (!row.floorTitle().equals(lastFloor)) {
            lastFloor = row.floorTitle();
            figures(row.floorTitle(), row.floor());
        }
        figures(row.label().title(), row.figures());
        Figures ratio = row.figures().ratioTo(row.floor());
        line("  as a ratio to the floor", ratio, BenchTable::times, times(ratio.rate()), times(ratio.cpu()),
                times(ratio.rss()));
        row.budgets().forEach(
                budget -> wrap(INDENT, (budget.met() ? "budget met: " : "BUDGET MISSED: ") + budget.rule()));
        if (row.failed() > 0) {
            wrap(INDENT, row.failed() + " requests got no result");
        }
        if (!row.note().isEmpty()) {
            wrap(INDENT, row.note());
        }
    }

    private void figures(String title, Figures figures) {
        line(title, figures, BenchTable::millis, number(figures.rate(), "%,.0f"), number(figures.cpu(), "%.2f"),
                number(figures.rss(), "%.0f"));
    }

    private void line(
            String title, Figures figures, DoubleFunction<String> time, String rate, String cpu, String memory) {
        out.printf(
                LINE, title, rate, time.apply(figures.p50()), time.apply(figures.p99()), time.apply(figures.p999()),
                cpu, memory);
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

    /** Breaks between words; the following lines are indented. */
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
