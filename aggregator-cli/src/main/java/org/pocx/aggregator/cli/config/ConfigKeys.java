package org.pocx.aggregator.cli.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.http.outbound.ProxySettings;
import org.pocx.aggregator.postgresql.DatabaseUrl;
import org.pocx.aggregator.protocol.client.UpstreamKind;
import org.pocx.aggregator.protocol.server.Network;
import org.pocx.aggregator.statistics.MachineProfile;

/**
 * All keys of the configuration file, in the order in which they are shown. Validation, defaults, {@code check}, {@code
 * init} and the reference in {@code docs/configuration.md} all use this list.
 */
final class ConfigKeys {
    enum Transport {
        HTTP,
        HTTPS
    }

    enum AuthType {
        NONE,
        USER_PASS,
        COOKIE
    }

    private static final List<Key<?>> DECLARED = new ArrayList<>();

    /** All keys, in the order of their declaration. */
    static final List<Key<?>> ALL = Collections.unmodifiableList(DECLARED);

    private static final ValueType<Integer> PORT = ValueType.whole(1, 65_535);
    private static final ValueType<Integer> MILLIS = ValueType.whole(10, 3_600_000);
    private static final ValueType<Integer> LIMIT = ValueType.whole(0, 1_000_000);
    private static final ValueType<Integer> BLOCK_SECONDS = ValueType.whole(1, 86_400);

    static final Key<HostPort> LISTEN = common("server.listen_address", ValueType.ADDRESS, "0.0.0.0:8080")
            .doc("The address and port that miners connect to.");
    static final Key<Boolean> AUTH_ENABLED = optional("server.auth.enabled", ValueType.FLAG, "false")
            .doc("Whether miners must log in with HTTP Basic; true requires both keys of basic_auth, or users.");
    static final Key<String> AUTH_USER = optional("server.auth.basic_auth.username", ValueType.USER, "")
            .doc("The user name that all miners may share; it is not the name of a machine.");
    static final Key<String> AUTH_PASSWORD = secret("server.auth.basic_auth.password", ValueType.NAME)
            .doc("The password of the miners.");
    static final Key<Map<String, Secret>> USERS = optional("server.auth.users", ValueType.USERS, "{}")
            .doc("Further users of miners; the name of the user is that of the machine, unless it sends X-Miner or X-Minername.");
    static final Key<Integer> MAX_CONNECTIONS = optional(
            "server.max_connections", ValueType.whole(1, 1_000_000), "20000")
            .doc("Maximum number of open connections of miners; lower if the process may not open as many files.");
    static final Key<Integer> MAX_BODY_BYTES = optional(
            "server.max_body_bytes", ValueType.whole(1_024, 16_777_216), "65536")
            .doc("Maximum size of a request body in bytes; a larger one is answered with 413.");
    static final Key<List<Network>> ALLOWED_NETWORKS = optional("server.allowed_networks", ValueType.NETWORKS, "")
            .doc("Networks that miners may connect from; other connections are closed at once; \"\" = all networks.");
    static final Key<List<Network>> TRUSTED_PROXIES = optional("server.trusted_proxies", ValueType.NETWORKS, "")
            .doc("Proxies whose X-Forwarded-For header names the machine; allowed_networks then applies to the machine.");
    static final Key<Integer> CONNECTIONS_PER_ADDRESS = optional("server.limits.connections_per_address", LIMIT, "0")
            .doc("Maximum number of connections from one address, except trusted proxies; more are closed; 0 = no limit.");
    static final Key<Integer> SUBMISSIONS_PER_SECOND = optional("server.limits.submissions_per_second", LIMIT, "0")
            .doc("Average nonces per second from one address; above, the connection is closed, the miner resends; 0 = no limit.");
    static final TlsKeys TLS = TlsKeys.of("server", "miner port");

    static final Key<String> NAME = common("upstream.name", ValueType.LABEL, "primary-pool")
            .doc("The name of the pool or node in the log.");
    static final Key<URI> URL = common("upstream.url", ValueType.URL, "http://127.0.0.1:8080/")
            .doc("The address of the pool or node, with its path.");
    static final Key<Transport> RPC_TRANSPORT = otherForm(
            "upstream.rpc_transport", ValueType.oneOf(Transport.class), "http")
            .doc("Together with rpc_host and rpc_port the other form of url.");
    static final Key<String> RPC_HOST = otherForm("upstream.rpc_host", ValueType.HOST, "127.0.0.1")
            .doc("The host of the pool or node.");
    static final Key<Integer> RPC_PORT = otherForm("upstream.rpc_port", PORT, "8080")
            .doc("The port of the pool or node.");
    static final Key<String> AUTH_TOKEN = secret("upstream.auth_token", ValueType.TOKEN)
            .doc("Sent as \"Authorization: Bearer …\"; cannot be combined with rpc_auth.");
    static final Key<AuthType> RPC_AUTH_TYPE = optional(
            "upstream.rpc_auth.type", ValueType.oneOf(AuthType.class), "none")
            .doc("How to log in: user_pass requires username and password, cookie requires cookie_path.");
    static final Key<String> RPC_USER = optional("upstream.rpc_auth.username", ValueType.USER, "")
            .doc("The user name for user_pass.");
    static final Key<String> RPC_PASSWORD = secret("upstream.rpc_auth.password", ValueType.NAME)
            .doc("The password for user_pass.");
    static final Key<String> COOKIE_PATH = optional("upstream.rpc_auth.cookie_path", ValueType.PATH, "")
            .doc("The node's cookie file for cookie; read when needed, and again after the node has restarted.");
    static final Key<ProxySettings> PROXY = new Draft<>(
            Key.Kind.SECRET, "upstream.proxy", ValueType.PROXY, "from HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY")
            .doc("The proxy to the pool or node, and to backups without their own; \"none\" = no proxy, whatever the environment variables are.");
    static final Key<UpstreamKind> KIND = optional(
            "upstream.kind", ValueType.oneOf(UpstreamKind.class), "direct")
            .doc("What a success means: direct = the nonce is confirmed, receipts = it is only taken over by another aggregator.");
    static final Key<SubmissionMode> MODE = common(
            "upstream.submission_mode", ValueType.oneOf(SubmissionMode.class), "pool")
            .doc("What is sent upstream: with pool the best nonce of each account, with wallet the best of the whole farm.");
    static final Key<Boolean> RESEND = optional("upstream.resend", ValueType.FLAG, "false")
            .doc("Whether confirmed nonces are sent again after a restart of the pool; wallet mode always does this.");
    static final Key<Integer> BLOCK_TIME = common("upstream.block_time_secs", BLOCK_SECONDS, "120")
            .doc("The block time of the chain in seconds.");
    static final Key<Integer> MAX_IN_FLIGHT = optional(
            "upstream.max_in_flight", ValueType.whole(1, 1_000), "32, in wallet mode 4")
            .doc("Maximum number of nonces that are being sent to the upstream at the same time.");
    static final Key<Integer> RETRY_ATTEMPTS = optional("upstream.retry.max_attempts", LIMIT, "0")
            .doc("How often a nonce is sent while the upstream is busy or unreachable (pool mode); 0 = no limit.");
    static final Key<Integer> RETRY_BASE = optional("upstream.retry.base_delay_ms", MILLIS, "1000")
            .doc("The delay before the second attempt; it doubles with each attempt.");
    static final Key<Integer> RETRY_MAX = optional("upstream.retry.max_delay_ms", MILLIS, "16000")
            .doc("The longest delay between attempts; not below base_delay_ms.");
    static final Key<String> BACKUPS = optional("upstream.backups", ValueType.UPSTREAMS, "[]")
            .doc("Other pools or nodes, in order of preference, for when the first one fails: see docs/failover.md.");
    static final Key<Integer> FAILOVER_AFTER = optional("upstream.failover.after_secs", ValueType.whole(1, 3_600), "10")
            .doc("How long the active upstream may give no good answer before another one becomes active.");
    static final Key<Integer> FAILOVER_RETURN = optional(
            "upstream.failover.return_after_secs", ValueType.whole(1, 1_800), "30")
            .doc("How long a preferred upstream must give good answers without a gap before it becomes active again.");

    static final Key<Integer> TTL = common("cache.mining_info_ttl_secs", ValueType.whole(1, 3_600), "5")
            .doc("The longest interval between two polls for mining info.");
    static final Key<Integer> TIMEOUT = common("cache.pool_timeout_secs", ValueType.whole(1, 300), "30")
            .doc("How long the upstream may take to answer.");
    static final Key<Integer> POLL_INTERVAL = optional(
            "cache.poll_interval_ms", ValueType.whole(50, 60_000), "1000, in wallet mode 250")
            .doc("The interval between two polls for mining info; miners receive a new block within this time.");
    static final Key<Integer> STALE_IF_ERROR = optional(
            "cache.stale_if_error_secs", ValueType.whole(0, 86_400), "the block time, at least 30")
            .doc("How long the last mining info is served while the upstream is unreachable.");

    static final Key<String> DATABASE = common("database.path", ValueType.PATH, "aggregator.db")
            .doc("The SQLite database file.");
    static final Key<DatabaseUrl> DATABASE_URL = optional("database.url", ValueType.DATABASE_URL, "")
            .doc("A PostgreSQL database instead of the file, see docs/cluster.md; cannot be combined with path.");
    static final Key<String> DATABASE_PASSWORD = secret("database.password", ValueType.NAME)
            .doc("The password of the user in database.url.");
    static final Key<Integer> RETENTION = common("database.retention_days", ValueType.whole(0, 36_500), "7")
            .doc("How many days the history is kept; 0 = no limit.");

    static final Key<Boolean> DASHBOARD_ENABLED = common("dashboard.enabled", ValueType.FLAG, "true")
            .doc("Whether the dashboard is on; without this section it is off.");
    static final Key<HostPort> DASHBOARD_LISTEN = common("dashboard.listen_address", ValueType.ADDRESS, "0.0.0.0:8081")
            .doc("The address and port of the dashboard.");
    static final Key<Boolean> DASHBOARD_AUTH_ENABLED = optional("dashboard.auth.enabled", ValueType.FLAG, "false")
            .doc("Whether users of the dashboard must log in with HTTP Basic; true requires both keys of basic_auth.");
    static final Key<String> DASHBOARD_AUTH_USER = optional("dashboard.auth.basic_auth.username", ValueType.USER, "")
            .doc("The user name for the dashboard.");
    static final Key<String> DASHBOARD_AUTH_PASSWORD = secret("dashboard.auth.basic_auth.password", ValueType.NAME)
            .doc("The password for the dashboard.");
    static final TlsKeys DASHBOARD_TLS = TlsKeys.of("dashboard", "dashboard");

    static final Key<Boolean> PER_MACHINE = optional("metrics.per_machine", ValueType.FLAG, "false")
            .doc("Whether /metrics of the dashboard includes metrics of each machine, labelled with its id.");
    static final Key<Integer> MAX_MACHINES = optional("metrics.max_machines", ValueType.whole(1, 20_000), "500")
            .doc("With per_machine: the maximum number of machines that have their own metrics.");

    static final Key<URI> WEBHOOK = secret("alerts.webhook", ValueType.URL)
            .doc("The URL that alerts are sent to as JSON, with or without the dashboard; without it there are no alerts.");
    static final Key<String> FARM_NAME = optional("alerts.farm_name", ValueType.NAME, "pocx-farm")
            .doc("The name of the farm in alerts.");
    static final Key<Integer> SILENT_ROUNDS = optional("alerts.silent_rounds", ValueType.whole(1, 10_000), "5")
            .doc("After this many rounds in a row without a request or a nonce, a machine is silent: in alerts, log, page, metrics.");
    static final Key<Integer> ALERTS_PER_HOUR = optional("alerts.max_per_hour", ValueType.whole(1, 3_600), "60")
            .doc("Maximum number of webhook messages per hour, at most ten at once; more alerts become one summary.");

    static final Key<Map<String, MachineProfile>> MACHINES = optional("machines", ValueType.MACHINES, "{}")
            .doc("Display name, group and expected capacity of machines; a group of an address is also that of the names at it.");
    static final Key<VerificationMode> VERIFICATION_MODE = optional(
            "verification.mode", ValueType.oneOf(VerificationMode.class), "off")
            .doc("Whether the qualities of nonces are computed here: audit = in the background, gate = also before a new machine's nonce is sent.");
    static final Key<Integer> VERIFICATION_CPU = optional("verification.cpu_percent", ValueType.whole(1, 100), "5")
            .doc("The share of one processor core that the background check of nonces uses at most.");

    static final Key<LogLevel> LOG_LEVEL = common("logging.level", ValueType.oneOf(LogLevel.class), "info")
            .doc("The lowest level that is logged.");
    static final Key<String> LOG_FILE = common("logging.file", ValueType.PATH_OR_NONE, "aggregator.log")
            .doc("The log file, in addition to the console; \"\" = none. Rotated daily and at 10 MiB; 7 old files are kept.");

    static final Key<HostPort> TOP_LISTEN = otherForm("listen_address", ValueType.ADDRESS, "0.0.0.0:8080")
            .doc("The same as server.listen_address.");
    static final Key<Integer> TOP_BLOCK_TIME = otherForm("block_time_secs", BLOCK_SECONDS, "120")
            .doc("The same as upstream.block_time_secs.");

    /** The keys of one entry of {@link #BACKUPS}, which have the same names there as in the section of the first upstream. */
    static final List<Key<?>> OF_BACKUP = List.of(
            NAME, URL, RPC_TRANSPORT, RPC_HOST, RPC_PORT, AUTH_TOKEN, RPC_AUTH_TYPE, RPC_USER, RPC_PASSWORD,
            COOKIE_PATH, PROXY, KIND);

    /** Of {@link #TWO_FORMS}, those of one upstream. */
    static final List<TwoForms> TWO_FORMS_OF_UPSTREAM = List.of(
            new TwoForms(List.of(URL), List.of(RPC_TRANSPORT, RPC_HOST, RPC_PORT)),
            new TwoForms(List.of(AUTH_TOKEN), List.of(RPC_AUTH_TYPE, RPC_USER, RPC_PASSWORD, COOKIE_PATH)));

    /** Settings that have two forms: at most one form of each may be used. */
    static final List<TwoForms> TWO_FORMS = List.of(
            new TwoForms(List.of(LISTEN), List.of(TOP_LISTEN)),
            new TwoForms(List.of(BLOCK_TIME), List.of(TOP_BLOCK_TIME)),
            new TwoForms(List.of(URL), List.of(RPC_TRANSPORT, RPC_HOST, RPC_PORT)),
            new TwoForms(List.of(DATABASE), List.of(DATABASE_URL, DATABASE_PASSWORD)),
            TLS.twoForms(),
            DASHBOARD_TLS.twoForms(),
            new TwoForms(List.of(AUTH_TOKEN), List.of(RPC_AUTH_TYPE, RPC_USER, RPC_PASSWORD, COOKIE_PATH)));

    /** The paths of all sections, each before its subsections. */
    static final Set<String> SECTIONS = sections();

    /** The TLS keys of one server. */
    record TlsKeys(Key<String> certificate, Key<String> key, Key<String> keyStore, Key<String> password) {
        private static TlsKeys of(String section, String what) {
            String tls = section + ".tls.";
            return new TlsKeys(
                    optional(tls + "certificate_path", ValueType.PATH, "")
                            .doc("The PEM file with the certificate of the " + what
                                    + " and its chain; HTTPS instead of HTTP."),
                    optional(tls + "key_path", ValueType.PATH, "")
                            .doc("The PEM file with the private key: PKCS#8 without a password."),
                    optional(tls + "keystore_path", ValueType.PATH, "")
                            .doc("A PKCS#12 file instead of the two PEM files; requires keystore_password."),
                    secret(tls + "keystore_password", ValueType.NAME)
                            .doc("The password of the PKCS#12 file."));
        }

        private TwoForms twoForms() {
            return new TwoForms(List.of(certificate, key), List.of(keyStore, password));
        }

        List<Key<?>> all() {
            return List.of(certificate, key, keyStore, password);
        }
    }

    record TwoForms(List<Key<?>> one, List<Key<?>> other) {}

    /** A key that still needs its documentation. */
    private record Draft<T>(Key.Kind kind, String path, ValueType<T> type, String fallback) {
        Key<T> doc(String sentence) {
            Key<T> key = new Key<>(path, type, fallback, kind, sentence);
            DECLARED.add(key);
            return key;
        }
    }

    private ConfigKeys() {}

    private static <T> Draft<T> common(String path, ValueType<T> type, String fallback) {
        return new Draft<>(Key.Kind.COMMON, path, type, fallback);
    }

    private static <T> Draft<T> optional(String path, ValueType<T> type, String fallback) {
        return new Draft<>(Key.Kind.OPTIONAL, path, type, fallback);
    }

    private static <T> Draft<T> otherForm(String path, ValueType<T> type, String fallback) {
        return new Draft<>(Key.Kind.OTHER_FORM, path, type, fallback);
    }

    private static <T> Draft<T> secret(String path, ValueType<T> type) {
        return new Draft<>(Key.Kind.SECRET, path, type, "");
    }

    /** Returns the sections of a key, from the outermost to the innermost. */
    static List<String> sectionsOf(Key<?> key) {
        List<String> sections = new ArrayList<>();
        for (int dot = key.path().indexOf('.'); dot > 0; dot = key.path().indexOf('.', dot + 1)) {
            sections.add(key.path().substring(0, dot));
        }
        return sections;
    }

    private static Set<String> sections() {
        Set<String> sections = new LinkedHashSet<>();
        ALL.forEach(key -> sections.addAll(sectionsOf(key)));
        return Collections.unmodifiableSet(sections);
    }
}
