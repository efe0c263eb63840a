package org.pocx.aggregator.cli.config;

import static org.pocx.aggregator.cli.config.Key.Kind.COMMON;
import static org.pocx.aggregator.cli.config.Key.Kind.OPTIONAL;
import static org.pocx.aggregator.cli.config.Key.Kind.OTHER_FORM;
import static org.pocx.aggregator.cli.config.Key.Kind.SECRET;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.protocol.server.Network;

/**
 * All keys of the configuration file, in the order in which they are shown. Validation, defaults, {@code check}, {@code
 * init} and the reference in {@code docs/configuration.md} all come from here.
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

    private static final ValueType<Long> MILLIS = ValueType.whole(10, 3_600_000);

    static final Key<HostPort> LISTEN = new Key<>(
            "server.listen_address",
            ValueType.ADDRESS,
            "0.0.0.0:8080",
            COMMON,
            "Where miners connect.");
    static final Key<Boolean> AUTH_ENABLED = new Key<>(
            "server.auth.enabled",
            ValueType.FLAG,
            "false",
            OPTIONAL,
            "Whether miners need a user name and a password (HTTP Basic); true needs both keys of basic_auth.");
    static final Key<String> AUTH_USER =
            new Key<>("server.auth.basic_auth.username", ValueType.USER, "", OPTIONAL, "The miners' user name.");
    static final Key<String> AUTH_PASSWORD =
            new Key<>("server.auth.basic_auth.password", ValueType.NAME, "", SECRET, "The miners' password.");
    static final Key<Long> MAX_CONNECTIONS = new Key<>(
            "server.max_connections",
            ValueType.whole(1, 1_000_000),
            "20000",
            OPTIONAL,
            "Connections of miners that are open at once, at most; fewer where the process may not open as many files.");
    static final Key<Long> MAX_BODY_BYTES = new Key<>(
            "server.max_body_bytes",
            ValueType.whole(1_024, 16_777_216),
            "65536",
            OPTIONAL,
            "Bytes of a request's body, at most; a larger one is answered 413.");

    static final Key<List<Network>> ALLOWED_NETWORKS = new Key<>(
            "server.allowed_networks",
            ValueType.NETWORKS,
            "",
            OPTIONAL,
            "Where miners may be; connections from elsewhere are closed at once; \"\" = anywhere.");
    static final Key<List<Network>> TRUSTED_PROXIES = new Key<>(
            "server.trusted_proxies",
            ValueType.NETWORKS,
            "",
            OPTIONAL,
            "Proxies whose X-Forwarded-For says which machine it is, and which allowed_networks then applies to.");
    static final Key<Long> CONNECTIONS_PER_ADDRESS = new Key<>(
            "server.limits.connections_per_address",
            ValueType.whole(0, 1_000_000),
            "0",
            OPTIONAL,
            "Connections from one address at once (trusted proxies excepted); those beyond are closed; 0 = no limit.");
    static final Key<Long> SUBMISSIONS_PER_SECOND = new Key<>(
            "server.limits.submissions_per_second",
            ValueType.whole(0, 1_000_000),
            "0",
            OPTIONAL,
            "Nonces from one address, on average; those beyond lose their connection, the miner resends; 0 = no limit.");
    static final TlsKeys TLS = TlsKeys.of("server", "miner port");

    static final Key<String> NAME = new Key<>(
            "upstream.name", ValueType.LABEL, "primary-pool", COMMON, "What the log calls the pool or node.");
    static final Key<URI> URL = new Key<>(
            "upstream.url",
            ValueType.URL,
            "http://127.0.0.1:8080/",
            COMMON,
            "The pool's or node's address, with its path.");
    static final Key<Transport> RPC_TRANSPORT = new Key<>(
            "upstream.rpc_transport",
            ValueType.oneOf(Transport.class),
            "http",
            OTHER_FORM,
            "With rpc_host and rpc_port the other way to write url.");
    static final Key<String> RPC_HOST = new Key<>(
            "upstream.rpc_host", ValueType.HOST, "127.0.0.1", OTHER_FORM, "The pool's or node's host.");
    static final Key<Long> RPC_PORT = new Key<>(
            "upstream.rpc_port", ValueType.whole(1, 65_535), "8080", OTHER_FORM, "The pool's or node's port.");
    static final Key<String> AUTH_TOKEN = new Key<>(
            "upstream.auth_token",
            ValueType.TOKEN,
            "",
            SECRET,
            "Sent as \"Authorization: Bearer …\"; not together with rpc_auth.");
    static final Key<AuthType> RPC_AUTH_TYPE = new Key<>(
            "upstream.rpc_auth.type",
            ValueType.oneOf(AuthType.class),
            "none",
            OPTIONAL,
            "How to log in: user_pass needs username and password, cookie needs cookie_path.");
    static final Key<String> RPC_USER =
            new Key<>("upstream.rpc_auth.username", ValueType.USER, "", OPTIONAL, "The user name for user_pass.");
    static final Key<String> RPC_PASSWORD =
            new Key<>("upstream.rpc_auth.password", ValueType.NAME, "", SECRET, "The password for user_pass.");
    static final Key<String> COOKIE_PATH = new Key<>(
            "upstream.rpc_auth.cookie_path",
            ValueType.PATH,
            "",
            OPTIONAL,
            "The node's cookie file for cookie; read when it is needed, and again when the node restarts.");
    static final Key<SubmissionMode> MODE = new Key<>(
            "upstream.submission_mode",
            ValueType.oneOf(SubmissionMode.class),
            "pool",
            COMMON,
            "What goes upstream: for a pool the best nonce of each account, for a wallet the best of the whole farm.");
    static final Key<Boolean> RESEND = new Key<>(
            "upstream.resend",
            ValueType.FLAG,
            "false",
            OPTIONAL,
            "For a pool that may forget: send confirmed nonces again after its restart; for a wallet that is always done.");
    static final Key<Long> BLOCK_TIME = new Key<>(
            "upstream.block_time_secs",
            ValueType.whole(1, 86_400),
            "120",
            COMMON,
            "The chain's seconds from block to block.");
    static final Key<Long> MAX_IN_FLIGHT = new Key<>(
            "upstream.max_in_flight",
            ValueType.whole(1, 1_000),
            "32, in wallet mode 4",
            OPTIONAL,
            "Nonces that are on their way to the upstream at once, at most.");
    static final Key<Long> RETRY_ATTEMPTS = new Key<>(
            "upstream.retry.max_attempts",
            ValueType.whole(0, 1_000_000),
            "0",
            OPTIONAL,
            "How often a nonce is sent while the upstream is busy or away (pool mode); 0 = no limit.");
    static final Key<Long> RETRY_BASE = new Key<>(
            "upstream.retry.base_delay_ms",
            MILLIS,
            "1000",
            OPTIONAL,
            "The wait before the second attempt; it doubles with each one.");
    static final Key<Long> RETRY_MAX = new Key<>(
            "upstream.retry.max_delay_ms", MILLIS, "16000", OPTIONAL, "The longest wait; not below base_delay_ms.");

    static final Key<Long> TTL = new Key<>(
            "cache.mining_info_ttl_secs",
            ValueType.whole(1, 3_600),
            "5",
            COMMON,
            "Mining info is asked for at least this often.");
    static final Key<Long> TIMEOUT = new Key<>(
            "cache.pool_timeout_secs",
            ValueType.whole(1, 300),
            "30",
            COMMON,
            "How long an answer of the upstream may take.");
    static final Key<Long> POLL_INTERVAL = new Key<>(
            "cache.poll_interval_ms",
            ValueType.whole(50, 60_000),
            "1000, in wallet mode 250",
            OPTIONAL,
            "How often the upstream is asked for mining info; a new block reaches the miners within this time.");
    static final Key<Long> STALE_IF_ERROR = new Key<>(
            "cache.stale_if_error_secs",
            ValueType.whole(0, 86_400),
            "the block time, at least 30",
            OPTIONAL,
            "How long the last mining info is handed out while the upstream is away.");

    static final Key<String> DATABASE = new Key<>(
            "database.path", ValueType.PATH, "aggregator.db", COMMON, "The SQLite file.");
    static final Key<Long> RETENTION = new Key<>(
            "database.retention_days",
            ValueType.whole(0, 36_500),
            "7",
            COMMON,
            "How long history is kept; 0 = for ever.");

    static final Key<Boolean> DASHBOARD_ENABLED = new Key<>(
            "dashboard.enabled",
            ValueType.FLAG,
            "true",
            COMMON,
            "Whether there is a dashboard; without this section there is none.");
    static final Key<HostPort> DASHBOARD_LISTEN = new Key<>(
            "dashboard.listen_address", ValueType.ADDRESS, "0.0.0.0:8081", COMMON, "Where the dashboard is.");
    static final Key<Boolean> DASHBOARD_AUTH_ENABLED = new Key<>(
            "dashboard.auth.enabled",
            ValueType.FLAG,
            "false",
            OPTIONAL,
            "Whether the dashboard asks for a user name and a password; true needs both keys of basic_auth.");
    static final Key<String> DASHBOARD_AUTH_USER = new Key<>(
            "dashboard.auth.basic_auth.username", ValueType.USER, "", OPTIONAL, "The dashboard's user name.");
    static final Key<String> DASHBOARD_AUTH_PASSWORD = new Key<>(
            "dashboard.auth.basic_auth.password", ValueType.NAME, "", SECRET, "The dashboard's password.");
    static final TlsKeys DASHBOARD_TLS = TlsKeys.of("dashboard", "dashboard");

    static final Key<Boolean> PER_MACHINE = new Key<>(
            "metrics.per_machine",
            ValueType.FLAG,
            "false",
            OPTIONAL,
            "Whether the dashboard's /metrics has figures of single machines, labelled with their addresses.");
    static final Key<Long> MAX_MACHINES = new Key<>(
            "metrics.max_machines",
            ValueType.whole(1, 20_000),
            "500",
            OPTIONAL,
            "With per_machine: machines that have figures of their own, at most.");

    static final Key<URI> WEBHOOK = new Key<>(
            "alerts.webhook",
            ValueType.URL,
            "",
            SECRET,
            "Where alerts are posted as JSON, with the dashboard or without; no key, no alerts.");
    static final Key<String> FARM_NAME =
            new Key<>("alerts.farm_name", ValueType.NAME, "pocx-farm", OPTIONAL, "What alerts call the farm.");
    static final Key<Long> SILENT_ROUNDS = new Key<>(
            "alerts.silent_rounds",
            ValueType.whole(1, 10_000),
            "5",
            OPTIONAL,
            "Rounds in a row without a sign or a nonce of a machine after which it is silent: in alerts, log, page and metrics.");
    static final Key<Long> ALERTS_PER_HOUR = new Key<>(
            "alerts.max_per_hour",
            ValueType.whole(1, 3_600),
            "60",
            OPTIONAL,
            "Messages to the webhook in an hour, at most, up to ten of them at once; what is more becomes a summary.");

    static final Key<LogLevel> LOG_LEVEL =
            new Key<>("logging.level", ValueType.oneOf(LogLevel.class), "info", COMMON, "How much is logged.");
    static final Key<String> LOG_FILE = new Key<>(
            "logging.file",
            ValueType.PATH_OR_NONE,
            "aggregator.log",
            COMMON,
            "The log's file, beside the console; \"\" = none. Rotated daily and at 10 MiB, 7 old ones are kept.");

    static final Key<HostPort> TOP_LISTEN = new Key<>(
            "listen_address", ValueType.ADDRESS, "0.0.0.0:8080", OTHER_FORM, "The same as server.listen_address.");
    static final Key<Long> TOP_BLOCK_TIME = new Key<>(
            "block_time_secs",
            ValueType.whole(1, 86_400),
            "120",
            OTHER_FORM,
            "The same as upstream.block_time_secs.");

    static final List<Key<?>> ALL = List.of(
            LISTEN,
            AUTH_ENABLED,
            AUTH_USER,
            AUTH_PASSWORD,
            MAX_CONNECTIONS,
            MAX_BODY_BYTES,
            ALLOWED_NETWORKS,
            TRUSTED_PROXIES,
            CONNECTIONS_PER_ADDRESS,
            SUBMISSIONS_PER_SECOND,
            TLS.certificate(),
            TLS.key(),
            TLS.keyStore(),
            TLS.password(),
            NAME,
            URL,
            RPC_TRANSPORT,
            RPC_HOST,
            RPC_PORT,
            AUTH_TOKEN,
            RPC_AUTH_TYPE,
            RPC_USER,
            RPC_PASSWORD,
            COOKIE_PATH,
            MODE,
            RESEND,
            BLOCK_TIME,
            MAX_IN_FLIGHT,
            RETRY_ATTEMPTS,
            RETRY_BASE,
            RETRY_MAX,
            TTL,
            TIMEOUT,
            POLL_INTERVAL,
            STALE_IF_ERROR,
            DATABASE,
            RETENTION,
            DASHBOARD_ENABLED,
            DASHBOARD_LISTEN,
            DASHBOARD_AUTH_ENABLED,
            DASHBOARD_AUTH_USER,
            DASHBOARD_AUTH_PASSWORD,
            DASHBOARD_TLS.certificate(),
            DASHBOARD_TLS.key(),
            DASHBOARD_TLS.keyStore(),
            DASHBOARD_TLS.password(),
            PER_MACHINE,
            MAX_MACHINES,
            WEBHOOK,
            FARM_NAME,
            SILENT_ROUNDS,
            ALERTS_PER_HOUR,
            LOG_LEVEL,
            LOG_FILE,
            TOP_LISTEN,
            TOP_BLOCK_TIME);

    /** Settings that have two forms: at most one side of each may be given. */
    static final List<TwoForms> TWO_FORMS = List.of(
            new TwoForms(List.of(LISTEN), List.of(TOP_LISTEN)),
            new TwoForms(List.of(BLOCK_TIME), List.of(TOP_BLOCK_TIME)),
            new TwoForms(List.of(URL), List.of(RPC_TRANSPORT, RPC_HOST, RPC_PORT)),
            new TwoForms(List.of(TLS.certificate(), TLS.key()), List.of(TLS.keyStore(), TLS.password())),
            new TwoForms(
                    List.of(DASHBOARD_TLS.certificate(), DASHBOARD_TLS.key()),
                    List.of(DASHBOARD_TLS.keyStore(), DASHBOARD_TLS.password())),
            new TwoForms(List.of(AUTH_TOKEN), List.of(RPC_AUTH_TYPE, RPC_USER, RPC_PASSWORD, COOKIE_PATH)));

    /** The paths of all sections, the outer before the inner ones. */
    static final Set<String> SECTIONS = sections();

    /** The keys of one server's TLS. */
    record TlsKeys(Key<String> certificate, Key<String> key, Key<String> keyStore, Key<String> password) {
        static TlsKeys of(String section, String what) {
            String tls = section + ".tls.";
            return new TlsKeys(
                    new Key<>(
                            tls + "certificate_path",
                            ValueType.PATH,
                            "",
                            OPTIONAL,
                            "The PEM file with the certificate of the " + what
                                    + " and those up to the authority; HTTPS instead of HTTP."),
                    new Key<>(
                            tls + "key_path",
                            ValueType.PATH,
                            "",
                            OPTIONAL,
                            "The PEM file with its private key: PKCS#8 without a password."),
                    new Key<>(
                            tls + "keystore_path",
                            ValueType.PATH,
                            "",
                            OPTIONAL,
                            "Both in one PKCS#12 file instead; needs keystore_password."),
                    new Key<>(tls + "keystore_password", ValueType.NAME, "", SECRET, "The PKCS#12 file's password."));
        }
    }

    record TwoForms(List<Key<?>> one, List<Key<?>> other) {}

    private ConfigKeys() {}

    /** The sections that a key is in, the outermost first. */
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
        return sections;
    }
}
