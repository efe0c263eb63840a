package org.pocx.aggregator.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar in the last line of a terminal; without a terminal it shows nothing.
 *
 * <p>Thread-safe: its monitor guards the current step.
 */
final class BenchProgress implements AutoCloseable {
    private static final int BAR = 30;
    private static final int TITLE = 38;
    private static final long REDRAW_MILLIS = 250;
    private static final Path ERROR_STREAM = Path.of("/proc/self/fd/2");

    /** Moves to the beginning of the line and erases it (ECMA-48). */
    private static final String ERASE = "\r\u001b[K";

    private final Optional<PrintStream> out;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService redraw = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("bench-progress").factory());
    private @Nullable Step step;

    private record Step(String title, Duration before, Duration planned, Duration whole, long begun) {}

    /** @param out the terminal; empty for no bar */
    BenchProgress(Optional<PrintStream> out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
    }

    /** Creates a bar that is visible if the standard error is a terminal that can erase lines. */
    static BenchProgress of(Terminal terminal) {
        boolean capable = !"dumb".equals(terminal.environment().getOrDefault("TERM", "dumb"));
        BenchProgress progress = new BenchProgress(
                capable && isTerminal() ? Optional.of(terminal.err()) : Optional.empty(), System::nanoTime);
        Future<?> unused = progress.redraw.scheduleAtFixedRate(
                progress::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
        return progress;
    }

    private static boolean isTerminal() {
        try {
            String device = Files.readSymbolicLink(ERROR_STREAM).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false; // not Linux
        }
    }

    /** Starts a step. */
    synchronized void begin(String title, Duration before, Duration planned, Duration whole) {
        step = new Step(title, before, planned, whole, nanoTime.getAsLong());
        draw();
    }

    /** Prints something while the bar is hidden. */
    synchronized void around(Runnable printing) {
        erase();
        printing.run();
        draw();
    }

    private synchronized void draw() {
        Step now = step;
        if (now != null) {
            out.ifPresent(terminal -> {
                terminal.print(ERASE + line(now));
                terminal.flush();
            });
        }
    }

    private String line(Step now) {
        double within = Math.min(now.planned().toNanos(), nanoTime.getAsLong() - now.begun());
        double share = Math.min(1, (now.before().toNanos() + within) / now.whole().toNanos());
        int full = (int) (share * BAR);
        long left = Math.round(now.whole().toSeconds() * (1 - share));
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  %-" + TITLE + "s  about %d s left",
                "#".repeat(full),
                ".".repeat(BAR - full),
                share * 100,
                now.title(),
                left);
    }

    private void erase() {
        if (step != null) {
            out.ifPresent(terminal -> {
                terminal.print(ERASE);
                terminal.flush();
            });
        }
    }

    /** Removes the bar. Idempotent. */
    @Override
    public synchronized void close() {
        redraw.shutdownNow();
        erase();
        step = null;
    }
}
