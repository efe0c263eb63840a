package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.cli.control.ControlReply;
import org.pocx.aggregator.cli.control.ControlServer;

@Timeout(180)
final class QuickHealthcheckTest {
    @TempDir Path folder;

    @BeforeEach
    void configure() throws IOException {
        for (String name : List.of("aggregator_config.yaml", "other.yaml")) {
            Files.writeString(folder.resolve(name), "database: { path: '${FARM:-farm}.db' }\nunknown: 1");
        }
    }

    private boolean passes(int status, String arguments) {
        ControlServer server = ControlServer.start(
                folder.resolve("farm.db"),
                Map.of("health", () -> new ControlReply(status, List.of("OK"))),
                Duration.ofMinutes(2))
                .orElseThrow();
        try (server) {
            return QuickHealthcheck.passes(arguments.split(" "), folder, Map.of());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "healthcheck", "healthcheck -c other.yaml", "healthcheck --config other.yaml", "-c other.yaml healthcheck"
    })
    void usualForms_passForAHealthyProgram(String arguments) {
        assertThat(passes(0, arguments)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "healthcheck -h", "healthcheck -c", "healthcheck -x other.yaml", "run", "healthcheck -c none.yaml",
        "healthcheck --log-level debug", "-c healthcheck other.yaml"
    })
    void everythingElse_isLeftToTheCommand(String arguments) {
        assertThat(passes(0, arguments)).isFalse();
    }

    @Test
    void programThatIsNotHealthy_isLeftToTheCommand() {
        assertThat(passes(1, "healthcheck")).isFalse();
    }

    @Test
    void noProgram_isLeftToTheCommand() {
        assertThat(QuickHealthcheck.passes(new String[] {"healthcheck"}, folder, Map.of())).isFalse();
    }
}
