package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.core.time.WallClock;

/** The commands that do not start a server. */
final class MainTest {
    @TempDir Path folder;

    private TestTerminal terminal;

    @BeforeEach
    void open() {
        terminal = new TestTerminal(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "chek | there is no command \"chek\"; did you mean \"check\"?",
        "frobnicate | there is no command \"frobnicate\"",
        "--bogus | there is no option --bogus",
        "check extra | unexpected argument 'extra'",
        "run -c | Expected a value after parameter -c",
        "--config= check | Expected a value after parameter --config",
        "--log-level=loud | --log-level must be one of trace, debug, info, warn, error, off",
        "--log-level loud | --log-level must be one of trace, debug, info, warn, error, off",
        "demo --machines 0 | --machines must be 1 to 10000",
        "demo --real-proofs --machines 65 | --machines must be 1 to 64 with --real-proofs",
        "demo --speed 0 | --speed must be 0.01 to 1000",
        "demo --speed NaN | --speed must be 0.01 to 1000",
        "demo --rounds -1 | --rounds must be 0 (no limit) or more",
        "demo --round-seconds 0 | --round-seconds must be 1 to 3600",
        "bench --seconds 0 | --seconds must be 1 to 600",
        "bench --connections 1001 | --connections must be 1 to 1000",
        "bench --pollers 0 | --pollers must be 1 to 20000",
        "bench --upstream-port 65536 | --upstream-port must be 1 to 65535",
        "bench --pid 1 | --pid requires --url",
        "bench --url https://127.0.0.1/ | --url: the URL must be of the form http://HOST:PORT/",
        "@file | there is no command \"@file\"",
    })
    void wrongArguments_areOneLineAndStatusTwo(String args, String words) {
        int status = terminal.run(args.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(terminal.err()).isEqualTo("pocx-aggregator: " + words + " (--help shows all)\n");
    }

    @ParameterizedTest
    @CsvSource({"check", "init", "healthcheck", "--version", "--help"})
    void commandWithoutServer_leavesSignalsToTheSystem(String command) {
        terminal.run(command);

        assertThat(terminal.handles("TERM")).isFalse();
        assertThat(terminal.handles("INT")).isFalse();
    }

    @Test
    void clockOffsetThatIsNotADuration_isOneLine() {
        String offset = System.getProperty(WallClock.OFFSET, "");
        System.setProperty(WallClock.OFFSET, "tomorrow");
        try {
            assertThat(terminal.run("--version")).isEqualTo(1);
        } finally {
            System.setProperty(WallClock.OFFSET, offset);
        }
        assertThat(terminal.err()).startsWith("pocx-aggregator: pocx.clock.offset must be ").hasLineCount(1);
    }

    @Test
    void signals_areHandledFirst() {
        terminal.run("--bogus");

        assertThat(terminal.handles("TERM")).isTrue();
        assertThat(terminal.handles("INT")).isTrue();
    }

    @Test
    void noConfigurationFile_hintsAtInitAndDemo() {
        int status = terminal.run();

        assertThat(status).isEqualTo(2);
        assertThat(terminal.err())
                .isEqualTo(
                        """
                        pocx-aggregator: There is no configuration file aggregator_config.yaml.
                        "pocx-aggregator init" writes one, "pocx-aggregator demo" shows the program without one.
                        """);
    }

    @Test
    void faultyConfiguration_isStatusTwo() throws IOException {
        Files.writeString(folder.resolve("f.yaml"), "port: 1\n");

        assertThat(terminal.run("-c", "f.yaml")).isEqualTo(2);
        assertThat(terminal.err()).startsWith("pocx-aggregator: f.yaml:1: unknown key \"port\"");
    }

    @Test
    void configurationIsAFolder_isReported() {
        assertThat(terminal.run("check", "-c", ".")).isEqualTo(2);
        assertThat(terminal.err()).startsWith("pocx-aggregator: . cannot be read: ").hasLineCount(1);
    }

    @Test
    void configurationIsNotText_isReported() throws IOException {
        Files.write(folder.resolve("b.yaml"), new byte[] {'#', '\n', (byte) 0xff, (byte) 0xfe, 0});

        assertThat(terminal.run("check", "-c", "b.yaml")).isEqualTo(2);
        assertThat(terminal.err()).isEqualTo("pocx-aggregator: b.yaml:2: not YAML: not UTF-8 text\n");
    }

    @Test
    void configurationIsTooLarge_isRejected() throws IOException {
        Files.writeString(folder.resolve("h.yaml"), "#".repeat(300_000));

        assertThat(terminal.run("check", "-c", "h.yaml")).isEqualTo(2);
        assertThat(terminal.err()).contains("larger than 256 KiB");
    }

    @Test
    void check_showsTheEffectiveConfigurationWithoutSecrets() throws IOException {
        terminal.environment.put("TOKEN", "hush");
        Files.writeString(folder.resolve("aggregator_config.yaml"),
                "upstream: {url: 'http://pool/', auth_token: '${TOKEN}'}");

        assertThat(terminal.run("check")).isZero();
        assertThat(terminal.out())
                .startsWith("# aggregator_config.yaml is valid. The effective configuration:\nserver:\n")
                .doesNotContain("hush");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void checkOfADatabaseThatCannotBeReached_isOneLineWithoutThePassword() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "postgresql://pocx@127.0.0.1:" + free.getLocalPort() + "/farm";
            free.close();
            Files.writeString(folder.resolve("aggregator_config.yaml"),
                    "upstream: {url: 'http://pool/'}\ndatabase: {url: '" + url + "', password: hush}");

            assertThat(terminal.run("check")).isEqualTo(1);
            assertThat(terminal.err())
                    .startsWith("pocx-aggregator: " + url + " cannot be reached: check the server")
                    .hasLineCount(1);
            assertThat(terminal.out() + terminal.err()).doesNotContain("hush");
        }
    }

    @Test
    void initThenCheck_isValid() {
        assertThat(terminal.run("init")).isZero();
        assertThat(terminal.run("check")).isZero();
    }

    @Test
    void initOverAFile_isRejected() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), "precious");

        assertThat(terminal.run("init", "-c", "mine.yaml")).isEqualTo(1);
        assertThat(folder.resolve("mine.yaml")).hasContent("precious");
    }

    @Test
    void initInAMissingFolder_isOneLine() {
        assertThat(terminal.run("init", "-c", "no/such/f.yaml")).isEqualTo(1);
        assertThat(terminal.err())
                .isEqualTo("pocx-aggregator: no/such/f.yaml cannot be written: there is no folder "
                        + folder.resolve("no/such") + "\n");
    }

    @Test
    void initWhereFilesHaveOwners_isForTheOwnerOnly() throws IOException {
        assumeThat(Files.getFileStore(folder).supportsFileAttributeView("posix")).isTrue();
        terminal.run("init");

        assertThat(Files.getPosixFilePermissions(folder.resolve("aggregator_config.yaml")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void version_isShown() {
        assertThat(terminal.run("--version")).isZero();
        assertThat(terminal.out()).startsWith("pocx-aggregator ").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"--help", "-h", "demo --help", "--help run", "help", "help run", "--log-level=debug help"})
    void help_namesEveryCommandAndOption(String args) {
        assertThat(terminal.run(args.split(" "))).isZero();
        assertThat(terminal.out())
                .contains("run ", "demo ", "bench ", "check ", "init ", "healthcheck ")
                .contains("--rounds", "--round-seconds", "--machines", "--speed", "--real-proofs")
                .contains("-c, --config", "--log-level", "-V, --version", "-h, --help");
    }

    @Test
    void optionBeforeTheCommand_applies() throws IOException {
        Files.writeString(folder.resolve("f.yaml"), "block_time_secs: 77\nupstream: {rpc_host: node}");

        assertThat(terminal.run("-c", "f.yaml", "check")).isZero();
        assertThat(terminal.out()).contains("block_time_secs: 77");
    }

    @ParameterizedTest
    @CsvSource({"--config=f.yaml check", "check --config=f.yaml", "check --config f.yaml --log-level=debug"})
    void optionWithAnEqualsSign_isAccepted(String args) throws IOException {
        Files.writeString(folder.resolve("f.yaml"), "block_time_secs: 77\nupstream: {rpc_host: node}");

        assertThat(terminal.run(args.split(" "))).isZero();
        assertThat(terminal.out()).contains("block_time_secs: 77");
    }

    @Test
    void healthcheckWithoutAProgram_isStatusOne() throws IOException {
        Files.writeString(folder.resolve("f.yaml"), "listen_address: 127.0.0.1:1\nupstream: {rpc_host: node}");

        assertThat(terminal.run("healthcheck", "-c", "f.yaml")).isEqualTo(1);
        assertThat(terminal.err())
                .isEqualTo("pocx-aggregator: http://127.0.0.1:1/health does not answer: is the aggregator running?\n");
    }
}
