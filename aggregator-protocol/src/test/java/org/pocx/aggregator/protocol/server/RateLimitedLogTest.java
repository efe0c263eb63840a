package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<String> lines = new ArrayList<>();
    private final RateLimitedLog log = new RateLimitedLog(new ListLogger(), nanoTime::get);

    @Test
    void firstFault_isLogged() {
        log.fault("first", new IllegalStateException());
        assertThat(lines).containsExactly("first");
    }

    @Test
    void faultsWithinAMinute_areOnlyCounted() {
        log.fault("first", new IllegalStateException());
        log.fault("second", new IllegalStateException());
        log.fault("third", new IllegalStateException());
        nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        log.fault("fourth", new IllegalStateException());
        assertThat(lines).containsExactly("first", "fourth (and 2 more since the last such line)");
    }

    @Test
    void warnings_areCountedWithTheFaults() {
        log.warn("first");
        log.warn("second");
        nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        log.fault("third", new IllegalStateException());
        assertThat(lines).containsExactly("first", "third (and 1 more since the last such line)");
    }

    private final class ListLogger implements System.Logger {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            lines.add(message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... params) {
            lines.add(format);
        }
    }
}
