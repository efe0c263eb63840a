package org.pocx.aggregator.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.http.outbound.ProxySettings;
import org.pocx.aggregator.postgresql.DatabaseUrl;
import org.pocx.aggregator.protocol.client.UpstreamKind;

/** The settings of valid files. */
final class ConfigFileTest {
    private static final Path HERE = Path.of("/farm");

    static Settings parse(String yaml) {
        return parse(yaml, Map.of());
    }

    private static Settings parse(String yaml, Map<String, String> environment) {
        return ConfigFile.parse("farm.yaml", withAddress(yaml), HERE, environment);
    }

    /** Adds the upstream's address, which has no default, to texts that test something else. */
    private static String withAddress(String yaml) {
        if (yaml.contains("url:") || yaml.contains("rpc_host:") || yaml.contains("rpc_port:")) {
            return yaml;
        }
        if (yaml.contains("upstream: {")) {
            return yaml.replace("upstream: {", "upstream: {rpc_host: node, ");
        }
        return yaml.contains("\n...\n")
                ? yaml.replace("\n...\n", "\nupstream: {rpc_host: node}\n...\n")
                : yaml + "\nupstream: {rpc_host: node}\n";
    }

    static String example(String name) throws IOException {
        try (InputStream in = ConfigFileTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Settings expected(String name, String url) {
        return new Settings(
                new Settings.Server(new HostPort("0.0.0.0", 8080), 20_000, 65_536),
                new Settings.Upstream(
                        name,
                        URI.create(url),
                        new UpstreamCredentials.None(),
                        SubmissionMode.POOL,
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(30),
                        32,
                        false,
                        new Settings.Retry(0, Duration.ofSeconds(1), Duration.ofSeconds(16)),
                        new ProxySettings.None()),
                new Settings.Cache(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMinutes(2)),
                new Settings.Database(HERE.resolve("aggregator.db"), 7),
                Optional.of(new Settings.Dashboard(new HostPort("0.0.0.0", 8081))),
                new Settings.Metrics(0),
                new Settings.Alerts(Optional.empty(), "pocx-farm", 5, 60, new ProxySettings.None()),
                Map.of(),
                new Settings.Verification(VerificationMode.OFF, 5),
                new Settings.Logging(LogLevel.INFO, Optional.of(HERE.resolve("aggregator.log"))),
                List.of("the dashboard at 0.0.0.0:8081 is open to everyone on the network: set dashboard.auth.enabled,"
                        + " or dashboard.listen_address to 127.0.0.1"));
    }

    @Test
    void metricsAndAlerts_areUnderstood() {
        Settings settings = parse(
                """
                metrics: {per_machine: true, max_machines: 7}
                alerts: {webhook: 'https://hooks.example.com/a/token?b=c', farm_name: Barn 3, silent_rounds: 2,
                  max_per_hour: 12}
                """);

        assertThat(settings.metrics()).isEqualTo(new Settings.Metrics(7));
        assertThat(settings.alerts())
                .isEqualTo(new Settings.Alerts(
                        Optional.of(new Secret("https://hooks.example.com/a/token?b=c")), "Barn 3", 2, 12,
                        new ProxySettings.None()));
        assertThat(settings.toString()).doesNotContain("token");
    }

    @Test
    void verification_isUnderstood_andOffIsNoBoolean() {
        assertThat(parse("verification: {mode: gate, cpu_percent: 20}").verification())
                .isEqualTo(new Settings.Verification(VerificationMode.GATE, 20));
        assertThat(parse("verification: {mode: off}").verification())
                .isEqualTo(new Settings.Verification(VerificationMode.OFF, 5));
    }

    @Test
    void backups_areUnderstoodInEitherForm() {
        Settings.Upstream upstream = parse(
                """
                upstream:
                  name: home
                  url: "http://127.0.0.1:8332/"
                  kind: receipts
                  backups:
                    - {name: second, url: "http://10.0.0.2:8332/", rpc_auth: {type: cookie, cookie_path: /n2/.cookie}}
                    - name: third
                      rpc_host: ${THIRD:-node3}
                      rpc_port: 8332
                      auth_token: hush
                      kind: Receipts
                  failover: {after_secs: 4, return_after_secs: 8}
                """).upstream();

        assertThat(upstream.endpoints())
                .containsExactly(
                        new Settings.Endpoint(
                                "home", URI.create("http://127.0.0.1:8332/"), new UpstreamCredentials.None(),
                                new ProxySettings.None(), UpstreamKind.RECEIPTS),
                        new Settings.Endpoint(
                                "second",
                                URI.create("http://10.0.0.2:8332/"),
                                new UpstreamCredentials.CookieFile(Path.of("/n2/.cookie")), new ProxySettings.None(),
                                UpstreamKind.DIRECT),
                        new Settings.Endpoint(
                                "third",
                                URI.create("http://node3:8332/"),
                                new UpstreamCredentials.Bearer(new Secret("hush")), new ProxySettings.None(),
                                UpstreamKind.RECEIPTS));
        assertThat(upstream.failover())
                .isEqualTo(new Settings.Failover(Duration.ofSeconds(4), Duration.ofSeconds(8)));
        assertThat(upstream.toString()).doesNotContain("hush");
    }

    @Test
    void documentedForm_isUnderstood() throws IOException {
        assertThat(parse(example("config-documented.yaml")))
                .isEqualTo(expected("primary-pool", "http://pool.example.com:8080/pocx"));
    }

    @Test
    void shippedForm_isUnderstood() throws IOException {
        assertThat(parse(example("config-shipped.yaml")))
                .isEqualTo(expected("primary_pool", "http://pool.example.com:8080/"));
    }

    @Test
    void onlyRequiredKey_othersHaveTheirDefaults() {
        Settings settings = parse("upstream: {url: 'http://pool.example.com:8080/pocx'}\ndashboard: {enabled: true}");

        assertThat(settings).isEqualTo(expected("primary-pool", "http://pool.example.com:8080/pocx"));
    }

    @Test
    void dashboardSectionMissing_isOff() {
        assertThat(parse("block_time_secs: 120").dashboard()).isEmpty();
    }

    @Test
    void dashboardSectionEmpty_isOff() {
        assertThat(parse("dashboard:\n").dashboard()).isEmpty();
    }

    @Test
    void dashboardDisabled_isOff() {
        assertThat(parse("dashboard: {enabled: false}").dashboard()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ~", " null", " {}"})
    void dashboardSectionWithoutKeys_isOff(String nothing) {
        assertThat(parse("dashboard:" + nothing).dashboard()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE", "\"TRUE\""})
    void flagInAnyCase_isAccepted(String flag) {
        assertThat(parse("dashboard: {enabled: " + flag + "}").dashboard()).isPresent();
    }

    @Test
    void nameOfALevelInCapitals_isAccepted() {
        assertThat(parse("logging: {level: INFO}").logging().level()).isEqualTo(LogLevel.INFO);
    }

    @Test
    void authToken_isBearer() {
        assertThat(parse("upstream: {auth_token: abc}").upstream().credentials())
                .isEqualTo(new UpstreamCredentials.Bearer(new Secret("abc")));
    }

    @Test
    void unquotedPasswordThatLooksLikeANumber_isTextAsWritten() {
        Settings settings = parse("upstream: {rpc_auth: {type: user_pass, username: 1e3, password: 007}}");

        assertThat(settings.upstream().credentials())
                .isEqualTo(new UpstreamCredentials.UserPassword("1e3", new Secret("007")));
    }

    @Test
    void cookiePathIsRelative_startsAtWorkingDirectory() {
        Settings settings = parse("upstream: {rpc_auth: {type: cookie, cookie_path: node/.cookie}}");

        assertThat(settings.upstream().credentials())
                .isEqualTo(new UpstreamCredentials.CookieFile(Path.of("/farm/node/.cookie")));
    }

    @Test
    void databasePathIsAbsolute_isUnchanged() {
        assertThat(parse("database: {path: /var/lib/a.db}").database().path()).isEqualTo(Path.of("/var/lib/a.db"));
    }

    @Test
    void databaseUrl_isUsedInsteadOfThePath() {
        Settings.Database database =
                parse("upstream: {url: 'http://a/'}\n"
                        + "database: {url: 'postgresql://pocx@db:5433/farm?sslmode=require', password: geheim}")
                        .database();

        Settings.DatabaseServer server = database.server().orElseThrow();
        assertThat(server.url()).isEqualTo(
                new DatabaseUrl("pocx", "db:5433", "farm", Map.of("sslmode", "require")));
        assertThat(server.password()).contains(new Secret("geheim"));
        assertThat(database.name()).isEqualTo("postgresql://pocx@db:5433/farm?sslmode=require");
    }

    @Test
    void rpcKeys_makeTheUrl() {
        assertThat(parse("upstream: {rpc_transport: https, rpc_host: '[::1]', rpc_port: 9}")
                .upstream()
                .url())
                .isEqualTo(URI.create("https://[::1]:9/"));
    }

    @Test
    void minerAuthEnabled_hasCredentials() {
        Settings settings = parse("server: {auth: {enabled: true, basic_auth: {username: farm, password: geheim}}}");

        assertThat(settings.server().auth().shared()).contains(new Settings.BasicAuth("farm", new Secret("geheim")));
    }

    @Test
    void minerAuthDisabled_needsNoCredentialsAndKnowsTheSharedUser() {
        assertThat(parse("server: {auth: {enabled: false, basic_auth: {username: farm, password: geheim}}}")
                .server()
                .auth())
                .isEqualTo(new Settings.MinerAuth(false, Optional.of("farm"), Optional.empty(), Map.of()));
    }

    @Test
    void walletMode_hasFewInFlight() {
        assertThat(parse("upstream: {submission_mode: wallet}").upstream().maxInFlight())
                .isEqualTo(4);
    }

    @Test
    void shortBlockTime_staleInfoIsServedAtLeastThirtySeconds() {
        assertThat(parse("block_time_secs: 10").cache().staleIfError()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void pollIntervalAboveTimeToLive_timeToLiveWins() {
        assertThat(parse("cache: {poll_interval_ms: 20000, mining_info_ttl_secs: 5}")
                .cache()
                .effectivePollInterval())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void logFileIsEmptyText_logsToConsoleOnly() {
        assertThat(parse("logging: {file: ''}").logging().file()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"18080", "\"18080\"", "${PORT}", "\"${PORT}\"", "${NONE:-18080}", "${EMPTY:-18080}"})
    void portInAnySyntax_isThePort(String port) {
        Settings settings = parse("upstream:\n  rpc_port: " + port, Map.of("PORT", "18080", "EMPTY", ""));

        assertThat(settings.upstream().url().getPort()).isEqualTo(18_080);
    }

    @Test
    void variableWithinText_isReplaced() {
        assertThat(parse("upstream: {name: 'pool ${WHICH} of ${ALL:-two}'}", Map.of("WHICH", "$1"))
                .upstream()
                .name())
                .isEqualTo("pool $1 of two");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "${A:-${B:-c}} | c",
        "${A:-x${B:-c}y} | xcy",
        "${A:-${SET}} | value",
        "${SET:-${NOT_SET}} | value",
        "${A:-${B:-}}z | z",
        "${A:-$${x} | ${x",
        "${BRACE:-x}} | a}}",
    })
    void defaultWithVariables_isFilledIn(String value, String meant) {
        assertThat(parse("upstream: {name: '" + value + "'}", Map.of("SET", "value", "BRACE", "a}"))
                .upstream()
                .name())
                .isEqualTo(meant);
    }

    @Test
    void doubledDollar_isOneDollar() {
        assertThat(parse("upstream: {name: '$${HOME} $${not a name} $ $$ $$${x}'}").upstream().name())
                .isEqualTo("${HOME} ${not a name} $ $$ $${x}");
    }

    @Test
    void byteOrderMarkAndCommentsOnTop_areSkipped() {
        assertThat(parse("# hello\n---\nblock_time_secs: 60\n...\n").upstream().blockTime())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aliasOfAScalar_isItsValue() {
        assertThat(parse("block_time_secs: &t 60\ncache: {stale_if_error_secs: *t}")
                .cache()
                .staleIfError())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"block_time_secs: 120", "upstream: {name: a}", "upstream: {rpc_transport: https}", "{}"})
    void fileWithoutAnAddressOfTheUpstream_isRejected(String yaml) {
        assertThatThrownBy(() -> ConfigFile.parse("farm.yaml", yaml, HERE, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("farm.yaml:1: the upstream has no address: set upstream.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "upstream: {url: 'http://localhost:8080/${PATH}?token=hush'}", "upstream: {url: 'http://127.0.0.1:8080/'}",
        "upstream: {url: 'http://127.9.9.9:8080/'}", "upstream: {url: 'http://[::1]:8080/'}",
        "upstream: {rpc_host: 127.0.0.1, rpc_port: 8080}",
        "server: {listen_address: '127.0.0.1:80'}\nupstream: {url: 'http://127.0.0.1/'}",
        "server: {listen_address: 'farm:8080'}\nupstream: {url: 'http://farm:8080/'}"
    })
    void upstreamThatIsTheMinerPort_isRejectedWithoutAToken(String yaml) {
        assertThatThrownBy(() -> parse(yaml, Map.of("PATH", "hush")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is the miner port of this aggregator")
                .hasMessageNotContaining("hush");
    }

    @Test
    void hostWithAnUnderscore_isAccepted() {
        assertThat(parse("upstream: {url: 'http://mining_node:8332/wallet/a'}").upstream().url())
                .hasToString("http://mining_node:8332/wallet/a");
        assertThat(parse("upstream: {rpc_host: mining_node}").upstream().url()).hasToString("http://mining_node:8080/");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "upstream: {url: 'https://mining_node/'} | upstream.url must not have a host with an underscore in its name with https",
        "upstream: {rpc_host: mining_node, rpc_transport: https} | upstream.rpc_host must not have a host with an underscore",
        "upstream: {rpc_port: 9}\nalerts: {webhook: 'http://my_hook/'} | alerts.webhook must not have a host with an underscore"
    })
    void hostWithAnUnderscore_isRejectedWhereItIsNotPossible(String yamlAndFault) {
        String[] parts = yamlAndFault.split(" \\| ", -1);
        assertThatThrownBy(() -> parse(parts[0]))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(parts[1]);
    }

    @Test
    void pollInterval_isShorterForANode() {
        assertThat(parse("upstream: {submission_mode: wallet}").cache().pollInterval())
                .isEqualTo(Duration.ofMillis(250));
        assertThat(parse("upstream: {submission_mode: pool}").cache().pollInterval())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "server: {listen_address: '127.0.0.1:8080'}\nupstream: {url: 'http://127.0.0.2:8080/'}",
        "upstream: {url: 'http://127.0.0.1:8332/'}", "upstream: {url: 'http://node:8080/'}"
    })
    void otherUpstream_isAccepted(String yaml) {
        assertThat(parse(yaml).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pool", "pool.example.com", "pool-1.example.com.", "10.0.0.1", "[::1]", "[fe80::1%eth0]",
        "a1"})
    void hostOfAnyForm_isAccepted(String host) {
        assertThat(parse("upstream: {rpc_port: 9, rpc_host: '" + host + "'}").upstream().url().getHost())
                .isEqualTo(host);
        assertThat(parse("listen_address: '" + host + ":80'").server().listen().urlHost())
                .isEqualTo(host);
    }

    @Test
    void credentialsWithoutType_warn() {
        assertThat(parse("upstream: {url: 'http://a/', rpc_auth: {type: none, username: me}}")
                .warnings())
                .containsExactly("upstream.rpc_auth.username is not used, because upstream.rpc_auth.type is none");
    }

    @Test
    void settingsAsText_containNoSecret() {
        Settings settings = parse(
                "server: {auth: {enabled: true, basic_auth: {username: u, password: hush}}}\nupstream: {auth_token: hush}");

        assertThat(settings.toString()).doesNotContain("hush");
    }
}
