package org.pocx.aggregator.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class QueuedLogTest {

    private static final class Sink {
        final List<String> lines = new CopyOnWriteArrayList<>();
        final CountDownLatch gate;

        Sink(int closedGates) {
            gate = new CountDownLatch(closedGates);
        }

        QueuedLog open() {
            return new QueuedLog(level -> level.compareTo(Level.INFO) >= 0, this::write, System::nanoTime);
        }

        private void write(Level level, String line) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            lines.add(line);
        }
    }

    @Test
    void queuedLines_areWrittenInOrderBeforeClosing() {
        Sink sink = new Sink(0);
        try (QueuedLog log = sink.open()) {
            log.log(Level.INFO, "one");
            log.log(Level.DEBUG, "not wanted");
            log.log(Level.WARNING, "two");
        }

        assertThat(sink.lines).containsExactly("one", "two");
    }

    @Test
    void repeatedLines_areCountedAtTheEnd() {
        Sink sink = new Sink(0);
        try (QueuedLog log = sink.open()) {
            log.logRepeated(Level.INFO, "kind", "one");
            log.logRepeated(Level.INFO, "kind", "two");
            log.logRepeated(Level.INFO, "kind", "three");
        }

        assertThat(sink.lines).containsExactly("one", "three (2 such in the last minute)");
    }

    @Test
    void writerHangs_callerDoesNot() {
        Sink sink = new Sink(1);
        try (QueuedLog log = sink.open()) {
            for (int i = 0; i < QueuedLog.CAPACITY + 100; i++) {
                log.log(Level.INFO, "line");
            }
            sink.gate.countDown();
        }

        assertThat(sink.lines).anyMatch(line -> line.matches("\\d+ log lines dropped: .*"));
    }
}
