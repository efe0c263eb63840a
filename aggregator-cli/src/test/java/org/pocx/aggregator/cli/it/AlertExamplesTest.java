package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.dashboard.alert.AlertSettings;
import org.pocx.aggregator.dashboard.alert.WebhookAlerts;
import org.pocx.aggregator.statistics.MachineDirectory;
import org.pocx.aggregator.statistics.MachineProfile;
import org.pocx.aggregator.statistics.StatisticsEvent;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.finding.PlotOverlap;

/** The examples of docs/alerts.md as they stand there, except for hosts and ports, with local receivers. */
@Timeout(300)
final class AlertExamplesTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:sh|yaml)\\n(.*?)^```$");
    private static final String SILENT =
            "barn-3: Machine left-rack (10.0.0.7) went silent: no nonce of it for 5 rounds."
                    + " Check its power, network and plots.";

    @TempDir private Path folder;

    /** The only block of the document that holds these words. */
    private static String block(String words) throws IOException {
        return BLOCK.matcher(Files.readString(HOME.resolve("docs/alerts.md"))).results()
                .map((MatchResult match) -> match.group(1))
                .filter(block -> block.contains(words))
                .reduce((one, other) -> {
                    throw new AssertionError("two blocks hold " + words);
                })
                .orElseThrow();
    }

    /** Alerts by this configuration, which is read as the program reads it. */
    private WebhookAlerts start(String configuration, Map<String, String> environment) throws IOException {
        Files.writeString(
                folder.resolve("config.yaml"), "upstream: { url: \"http://127.0.0.1:1/\" }\n" + configuration);
        Settings.Alerts alerts = ConfigFile.read("config.yaml", folder, environment).alerts();
        MachineDirectory directory = new MachineDirectory();
        directory.replace(Map.of(
                "10.0.0.7",
                new MachineProfile(Optional.of("left-rack"), Optional.empty(), OptionalDouble.empty())));
        return WebhookAlerts.start(
                new AlertSettings(
                        URI.create(alerts.webhook().orElseThrow().reveal()),
                        alerts.farmName(),
                        "pool",
                        alerts.maxPerHour(),
                        "test",
                        alerts.proxy()),
                directory);
    }

    private static void silent(WebhookAlerts alerts) {
        alerts.statisticsListener().on(new StatisticsEvent.MachineSilent(new MinerId("10.0.0.7"), 5));
    }

    /** The longest alerts, together: more than a message may hold at any service. */
    private static void manyLongOnes(WebhookAlerts alerts) {
        for (int i = 0; i < 20; i++) {
            MinerId a = new MinerId("2001:db8::" + i, "レ".repeat(MinerId.MAX_CHARS));
            MinerId b = new MinerId("10.0.0." + i, "ン".repeat(MinerId.MAX_CHARS));
            PlotOverlap overlap = new PlotOverlap(b.id(), a.id(), Instant.EPOCH, Instant.EPOCH, 3, 2);
            alerts.statisticsListener()
                    .on(new StatisticsEvent.FindingReported(new Finding.PlotsOverlap(b, a, overlap)));
        }
    }

    @Test
    void ntfy_takesTheAlertsOfTheExample() throws Exception {
        try (MessageServices services = MessageServices.start();
                WebhookAlerts alerts = start(
                        block("ntfy.sh").replace("https://ntfy.sh", services.uri()),
                        Map.of("NTFY_TOPIC", "farm-8x2k"))) {
            silent(alerts);
            services.await(SILENT);
            manyLongOnes(alerts);
            services.await("alerts at once: plots overlap");

            assertThat(services.refused()).isEmpty();
            assertThat(services.messages().getFirst()).isEqualTo("farm-8x2k|machine_silent|" + SILENT);
            assertThat(services.messages().getLast()).startsWith("farm-8x2k|summary|barn-3: ");
        }
    }

    @Test
    void telegram_takesTheAlertsOfTheExample() throws Exception {
        Map<String, String> environment = Map.of("TELEGRAM_TOKEN", "110201543:AAHdqTcv-e", "TELEGRAM_CHAT", "-1001234");
        try (MessageServices services = MessageServices.start();
                WebhookAlerts alerts = start(
                        block("telegram").replace("https://api.telegram.org", services.uri()), environment)) {
            silent(alerts);
            services.await(SILENT);
            manyLongOnes(alerts);
            services.await("alerts at once: plots overlap");

            assertThat(services.refused()).isEmpty();
            assertThat(services.messages().getFirst()).isEqualTo("110201543:AAHdqTcv-e|-1001234|" + SILENT);
            assertThat(services.messages().getLast()).startsWith("110201543:AAHdqTcv-e|-1001234|barn-3: ");
        }
    }

    @Test
    void mail_isSentByTheExample_alsoWhenTheServerRefusesItAtFirst() throws Exception {
        assumePython();
        TestAuthority authority = TestAuthority.in(folder);
        Path output = folder.resolve("mail.txt");
        try (MailServer server = MailServer.start(authority.identity("mail", "ip:127.0.0.1", "-1d"))) {
            String commands = block("mail.py")
                    .replace("smtp.example.com:587", "127.0.0.1:" + server.port())
                    .replace("8025", "0");
            ProcessBuilder command = new ProcessBuilder("sh", "-eu", "-c", commands).directory(HOME.toFile());
            Surroundings.removeSettings(command);
            command.environment().remove("MAIL_FROM");
            command.environment().put("SSL_CERT_FILE", authority.pem().toString());
            Process bridge =
                    command.redirectErrorStream(true).redirectOutput(output.toFile()).start();
            try (WebhookAlerts alerts = start(
                    block("http://127.0.0.1:8025/").replace("8025", awaitPort(bridge, output)), Map.of())) {
                silent(alerts);
                Await.until("the mail", () -> !server.mails().isEmpty());

                assertThat(server.mails()).singleElement().satisfies(mail -> {
                    assertThat(mail.user()).isEqualTo("farm@example.com|the password");
                    assertThat(mail.sender()).isEqualTo("farm@example.com");
                    assertThat(mail.recipient()).isEqualTo("you@example.com");
                    assertThat(mail.text())
                            .contains("\nSubject: barn-3: machine silent\n", "\nTo: you@example.com\n", "\nDate: ")
                            .contains("\n\n" + SILENT + "\n");
                });
                assertThat(read(output)).contains("not mailed, the aggregator tries again");
            } finally {
                bridge.descendants().forEach(ProcessHandle::destroyForcibly);
                bridge.destroyForcibly();
            }
        }
    }

    private static void assumePython() throws InterruptedException {
        boolean found = SmallDisk.run("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 8))");
        if (!found) {
            System.out.println("SKIPPED: no python3 (3.8 or later) on the path; the example of mails is not tried");
        }
        assumeTrue(found);
    }

    private static String awaitPort(Process bridge, Path output) {
        Await.until("it listens", () -> read(output).contains(" are mailed to ") || !bridge.isAlive());
        return read(output).replaceFirst("(?s).*127\\.0\\.0\\.1:([0-9]+)/.*", "$1");
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
