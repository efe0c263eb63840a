package org.pocx.aggregator.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A terminal whose streams can be read, and whose signals can be sent. */
final class TestTerminal {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, Runnable> signals = new ConcurrentHashMap<>();
    final Map<String, String> environment = new ReadEnvironment();
    final Terminal terminal;

    /** Runs whenever the configuration refers to an environment variable. */
    Runnable whileReading = () -> {};

    private final class ReadEnvironment extends HashMap<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String get(Object name) {
            whileReading.run();
            return super.get(name);
        }
    }

    TestTerminal(Path directory) {
        StopSignal stop = new StopSignal(new FakeSignals(signals), System::nanoTime, status -> {
            throw new AssertionError("the process would have been halted with status " + status);
        });
        terminal = new Terminal(stream(out), stream(err), environment, directory, stop);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    int run(String... args) {
        return Main.run(args, terminal);
    }

    void signal(String name) {
        signals.get(name).run();
    }

    boolean handles(String name) {
        return signals.containsKey(name);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
