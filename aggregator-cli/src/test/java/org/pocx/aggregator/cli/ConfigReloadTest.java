package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.cli.control.ControlReply;

final class ConfigReloadTest {
    private static final String BASE = "upstream: { url: 'http://pool.example.com/' }\n";

    @TempDir private Path folder;

    private final List<String> lines = new ArrayList<>();
    private final List<Settings> applied = new ArrayList<>();
    private ConfigReload reload;

    @BeforeEach
    void start() throws IOException {
        write(BASE);
        reload = new ConfigReload(read(), this::read, applied::add, new Lines());
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("a.yaml"), yaml);
    }

    private Settings read() {
        return ConfigFile.read("a.yaml", folder, Map.of());
    }

    @Test
    void nothingChanged_isLogged() {
        reload.reload(ReloadCause.SIGHUP);
        assertThat(lines)
                .containsExactly(
                        "INFO The configuration was reloaded (SIGHUP): no changes that apply at run time");
    }

    @Test
    void keysThatCanChange_areAppliedAndLoggedWithoutValues() throws IOException {
        write(BASE + "server: { max_connections: 5, allowed_networks: 10.0.0.0/8,"
                + " auth: { enabled: true, basic_auth: { username: u, password: sesame } } }");
        reload.reload(ReloadCause.SIGHUP);
        assertThat(applied).hasSize(1);
        assertThat(lines)
                .containsExactly("INFO The configuration was reloaded (SIGHUP), applied: server.auth.enabled,"
                        + " server.auth.basic_auth.username, server.auth.basic_auth.password, server.max_connections,"
                        + " server.allowed_networks");
    }

    @Test
    void onlyPasswordChanged_isApplied() throws IOException {
        String auth = "server: { auth: { enabled: true, basic_auth: { username: u, password: '%s' } } }";
        write(BASE + auth.formatted("one"));
        reload.reload(ReloadCause.SIGHUP);
        lines.clear();
        write(BASE + auth.formatted("two"));
        reload.reload(ReloadCause.SIGHUP);
        assertThat(lines).singleElement().asString().endsWith("applied: server.auth.basic_auth.password");
    }

    @Test
    void changedKindOfAnUpstream_isApplied() throws IOException {
        write("upstream: { url: 'http://pool.example.com/', kind: receipts }\n");
        reload.reload(ReloadCause.SIGHUP);
        assertThat(lines).singleElement().asString().endsWith("applied: upstream.kind");
    }

    @Test
    void otherKeys_areReportedAtEachReload() throws IOException {
        write("upstream: { url: 'http://pool.example.com/', max_in_flight: 9, resend: true }\n");
        reload.reload(ReloadCause.SIGHUP);
        reload.reload(ReloadCause.SIGHUP);
        assertThat(lines.stream().filter(line -> line.contains("restart")))
                .containsExactly(
                        "WARNING upstream.resend has changed; this needs a restart",
                        "WARNING upstream.max_in_flight has changed; this needs a restart",
                        "WARNING upstream.resend has changed; this needs a restart",
                        "WARNING upstream.max_in_flight has changed; this needs a restart");
    }

    @Test
    void tlsSwitchedOn_needsARestart() throws IOException {
        write(BASE + "server: { tls: { certificate_path: c, key_path: k } }");
        reload.reload(ReloadCause.SIGHUP);
        assertThat(lines)
                .contains(
                        "WARNING server.tls.certificate_path has changed; this needs a restart",
                        "WARNING server.tls.key_path has changed; this needs a restart");
    }

    @Test
    void invalidFile_changesNothing() throws IOException {
        write("server: { max_connections: -1, nonsense: 1 }");
        reload.reload(ReloadCause.SIGHUP);
        assertThat(applied).isEmpty();
        assertThat(lines).singleElement().asString()
                .startsWith("WARNING Cannot reload the configuration (SIGHUP), keeping the current one: a.yaml:1:");
    }

    @Test
    void command_reportsWhatWasAppliedAndWhatNeedsARestart() throws IOException {
        write("upstream: { url: 'http://other.example.com/', max_in_flight: 9 }\nserver: { max_connections: 5 }");
        assertThat(reload.reload(ReloadCause.COMMAND).reply())
                .isEqualTo(new ControlReply(
                        0,
                        List.of(
                                "upstream.max_in_flight has changed; this needs a restart",
                                "Reloaded, applied: server.max_connections, upstream.url")));
        assertThat(lines).last().asString()
                .startsWith("INFO The configuration was reloaded (command reload), applied:");
    }

    @Test
    void commandWithInvalidFile_reportsEachFault() throws IOException {
        write("server: { max_connections: -1,\n  nonsense: 1 }");
        ControlReply reply = reload.reload(ReloadCause.COMMAND).reply();
        assertThat(reply.status()).isEqualTo(2);
        assertThat(String.join("\n", reply.lines())).contains("not reloaded", "a.yaml:1: ", "a.yaml:2: ");
    }

    private final class Lines implements System.Logger {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
            lines.add(level + " " + text);
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            lines.add(level + " " + format);
        }
    }
}
