package org.pocx.aggregator.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JulBridgeTest {
    private static final String DRIVER = "org.sqlite.SQLiteJDBCLoader";

    private static boolean isHarmless(String logger, IOException thrown) {
        LogRecord record = new LogRecord(Level.SEVERE, "Failed to delete old native lib");
        record.setLoggerName(logger);
        record.setThrown(thrown);
        return JulBridge.isHarmless(record);
    }

    @Test
    void fileThatAnotherProcessDeletedFirst_isNoErrorOfTheDriver() {
        assertThat(isHarmless(DRIVER, new NoSuchFileException("/tmp/a.so"))).isTrue();
    }

    @Test
    void otherErrors_areLogged() {
        assertThat(isHarmless(DRIVER, new AccessDeniedException("/tmp/a.so"))).isFalse();
        assertThat(isHarmless("another", new NoSuchFileException("/tmp/a.so"))).isFalse();
    }
}
