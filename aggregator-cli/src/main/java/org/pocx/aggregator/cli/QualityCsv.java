package org.pocx.aggregator.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.proof.PocxProof;
import org.pocx.aggregator.proof.ProofTask;

/**
 * Adds the scoop and the quality to each line of a list of nonces. It holds few lines at a time: as many as keep all threads
 * busy for some seconds, or fewer when no more can be read without waiting.
 */
final class QualityCsv {
    /** A line of valid fields has 199 characters at most. */
    static final int LONGEST_LINE = 1_000;

    private static final String HEADER = "account_id";

    /** How often all lanes of all threads are filled: what is left idle at the end of the lines that are held is less. */
    private static final int TURNS = 32;

    private static final int MOST_LINES = 4_096;

    private record Line(String text, ProofTask task) {}

    private final BoundedLines lines;
    private final PrintStream out;
    private final PrintStream err;
    private final int threads;
    private boolean anyBad;

    QualityCsv(BoundedLines lines, PrintStream out, PrintStream err, int threads) {
        this.lines = lines;
        this.out = out;
        this.err = err;
        this.threads = threads;
    }

    /**
     * Reads to the end, and writes in the order of the input.
     *
     * @return whether all lines were good, and could be written
     */
    boolean run() throws IOException, InterruptedException {
        List<Line> held = new ArrayList<>();
        boolean more = true;
        while (more && !out.checkError()) {
            held.clear();
            more = read(held);
            write(held, qualities(held));
        }
        return !anyBad && !out.checkError();
    }

    /** Returns whether there may be more. */
    private boolean read(List<Line> held) throws IOException {
        long parts = 0;
        int read = 0;
        do {
            @Nullable String text = lines.next();
            if (text == null) {
                return false;
            }
            if (lines.number() == 1 && text.startsWith(HEADER)) {
                out.println(text + ",scoop,raw_quality");
            } else {
                parts += add(text, held);
            }
            read++;
        } while (parts < (long) threads * PocxProof.lanes() * TURNS && read < MOST_LINES && lines.isReady());
        return true;
    }

    /** Returns how many parts must be computed for the line. */
    private int add(String text, List<Line> held) {
        try {
            if (text.length() >= LONGEST_LINE) {
                throw new IllegalArgumentException("it is longer than " + LONGEST_LINE + " characters");
            }
            ProofTask task = ProofFields.task(text);
            held.add(new Line(text, task));
            return task.nonce().parts();
        } catch (IllegalArgumentException bad) {
            err.println("line " + lines.number() + ": " + bad.getMessage());
            anyBad = true;
            return 0;
        }
    }

    private long[] qualities(List<Line> held) throws InterruptedException {
        long[] qualities = new long[held.size()];
        PocxProof.qualities(held.stream().map(Line::task).toList(), threads, (index, quality) -> {
            qualities[index] = quality;
            return true;
        });
        return qualities;
    }

    private void write(List<Line> held, long[] qualities) {
        for (int i = 0; i < qualities.length; i++) {
            Line line = held.get(i);
            out.println(line.text() + "," + line.task().challenge().scoop() + ","
                    + Long.toUnsignedString(qualities[i]));
        }
        out.flush();
    }
}
