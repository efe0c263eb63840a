package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BenchProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong now = new AtomicLong();

    @Test
    void bar_showsTheCompletedShare() {
        try (BenchProgress progress = new BenchProgress(Optional.of(out), now::get)) {
            progress.begin("polls", Duration.ofSeconds(50), Duration.ofSeconds(20), Duration.ofSeconds(100));
            now.addAndGet(Duration.ofSeconds(10).toNanos());
            bytes.reset();
            progress.around(() -> out.println("a row"));

            assertThat(printed())
                    .startsWith("\r\u001b[Ka row\n\r\u001b[K[##################............]  60 %  polls ")
                    .endsWith("about 40 s left");
        }
    }

    @Test
    void stepThatTakesLonger_stopsAtItsEnd() {
        try (BenchProgress progress = new BenchProgress(Optional.of(out), now::get)) {
            progress.begin("polls", Duration.ofSeconds(50), Duration.ofSeconds(20), Duration.ofSeconds(100));
            now.addAndGet(Duration.ofHours(1).toNanos());
            bytes.reset();
            progress.around(() -> {});

            assertThat(printed()).contains(" 70 %");
        }
    }

    @Test
    void closed_isErased() {
        BenchProgress progress = new BenchProgress(Optional.of(out), now::get);
        progress.begin("polls", Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1));
        progress.close();
        progress.close();

        assertThat(printed()).endsWith("\r\u001b[K");
    }

    @Test
    void noTerminal_showsNothing() {
        try (BenchProgress progress = new BenchProgress(Optional.empty(), now::get)) {
            progress.begin("polls", Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1));
            progress.around(() -> out.println("a row"));
        }
        assertThat(printed()).isEqualTo("a row\n");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
