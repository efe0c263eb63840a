package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.Parameters;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.bench.BenchJson;
import org.pocx.aggregator.bench.BenchMachine;
import org.pocx.aggregator.bench.BenchSettings;
import org.pocx.aggregator.bench.BenchTable;
import org.pocx.aggregator.bench.Benchmark;
import org.pocx.aggregator.bench.Row;
import org.pocx.aggregator.cli.config.LogLevel;
import org.pocx.aggregator.cli.log.Logging;
import org.pocx.aggregator.core.time.WallClock;

/** {@code bench}: measures throughput and cost of the program, relative to a bare handler on the same HTTP engine. */
@Parameters
final class BenchCommand extends OptionedCommand {
    private static final int QUICK_SECONDS = 2;
    /** In less time the JIT compiler does not compile the hot methods. */
    private static final int LEAST_WARM_UP_SECONDS = 3;

    private static final int INTERRUPTED = 1;

    @Parameter(names = "--seconds") private int seconds = 10;

    @Parameter(names = "--warm-up") private @Nullable Integer warmUp;

    @Parameter(names = "--quick") private boolean quick;

    @Parameter(names = "--connections") private int connections = 64;

    @Parameter(names = "--pollers") private int pollers = 4_000;

    @Parameter(names = "--url") private @Nullable URI url;

    @Parameter(names = "--pid") private @Nullable Long pid;

    @Parameter(names = "--upstream-port") private @Nullable Integer upstreamPort;

    @Parameter(names = "--engine") private String engine = BenchJava.OWN_ENGINE;

    @Parameter(names = "--class-path") private @Nullable String classPath;

    @Parameter(names = "--java-options") private String javaOptions = "";

    @Parameter(names = "--json") private boolean json;

    @Parameter(names = "--strict") private boolean strict;

    @Override
    public boolean endsInOrder() {
        return true;
    }

    @Override
    public int run(Terminal terminal) {
        BenchSettings settings = settings(terminal);
        Logging.configure(options().logLevel().orElse(LogLevel.ERROR), Optional.empty(), Logging.Console.ERR);
        // A closed terminal window ends it as well: no process must be left behind.
        terminal.stop().onHangUp(terminal.stop()::request);
        BenchMachine machine = BenchMachine.here(WallClock.system().instant());
        BenchTable table = new BenchTable(json ? terminal.err() : terminal.out());
        List<Row> rows = new ArrayList<>();
        try (BenchProgress progress = BenchProgress.of(terminal)) {
            BenchScreen screen = new BenchScreen(table, progress, rows);
            table.begin(machine, settings);
            measure(new Benchmark(settings), screen, terminal.stop());
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            terminal.err().println("Stopped; nothing is left behind.");
            return INTERRUPTED;
        }
        if (json) {
            terminal.out().println(BenchJson.write(machine, settings, rows));
        }
        return strict && rows.stream().anyMatch(BenchCommand::missesABudget) ? 1 : 0;
    }

    private static boolean missesABudget(Row row) {
        return row instanceof Row.Measured measured
                && measured.budgets().stream().anyMatch(budget -> !budget.met());
    }

    /** Runs the benchmark. A signal interrupts it, and it then ends its processes. */
    private static void measure(Benchmark benchmark, BenchScreen screen, StopSignal stop)
            throws IOException, InterruptedException {
        Thread measuring = Thread.currentThread();
        Thread watch = Thread.ofPlatform().daemon().name("bench-stop").start(() -> {
            stop.await();
            if (stop.isRequested()) {
                measuring.interrupt();
            }
        });
        try {
            benchmark.run(screen);
        } finally {
            watch.interrupt();
        }
    }

    private BenchSettings settings(Terminal terminal) {
        require(seconds >= 1 && seconds <= 600, "--seconds must be 1 to 600");
        require(connections >= 1 && connections <= 1_000, "--connections must be 1 to 1000");
        require(pollers >= 1 && pollers <= 20_000, "--pollers must be 1 to 20000");
        Integer port = upstreamPort;
        require(port == null || (port >= 1 && port <= 65_535), "--upstream-port must be 1 to 65535");
        Integer warming = warmUp;
        require(warming == null || (warming >= 0 && warming <= 600), "--warm-up must be 0 to 600");
        require(pid == null || url != null, "--pid requires --url");
        Duration time = Duration.ofSeconds(quick ? QUICK_SECONDS : seconds);
        return new BenchSettings(
                BenchJava.command(engine, Optional.ofNullable(classPath), javaOptions),
                engine,
                other(),
                port == null ? OptionalInt.empty() : OptionalInt.of(port),
                connections,
                BenchJava.affordable(pollers, FileDescriptors.ofProcess(), terminal.err()),
                time,
                warming == null
                        ? Duration.ofSeconds(Math.max(LEAST_WARM_UP_SECONDS, time.toSeconds() / 2))
                        : Duration.ofSeconds(warming));
    }

    private Optional<BenchSettings.Other> other() {
        URI there = url;
        Long process = pid;
        if (there == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BenchSettings.Other(
                    there, process == null ? OptionalLong.empty() : OptionalLong.of(process)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException("--url: " + e.getMessage());
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(rule);
        }
    }
}
