package org.pocx.aggregator.cli.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.http.outbound.ProxySettings;
import org.pocx.aggregator.postgresql.DatabaseUrl;
import org.pocx.aggregator.protocol.client.UpstreamIds;
import org.pocx.aggregator.protocol.client.UpstreamKind;
import org.pocx.aggregator.protocol.server.Network;
import org.pocx.aggregator.protocol.tls.TlsFiles;
import org.pocx.aggregator.statistics.MachineProfile;

/**
 * The checked configuration of the program. Each part is for one module.
 *
 * @param dashboard empty when the dashboard is off
 * @param machines what is said about machines, by id, in the order of the file
 * @param warnings settings that are allowed but probably not intended, one line each
 */
public record Settings(
        Server server,
        Upstream upstream,
        Cache cache,
        Database database,
        Optional<Dashboard> dashboard,
        Metrics metrics,
        Alerts alerts,
        Map<String, MachineProfile> machines,
        Verification verification,
        Logging logging,
        List<String> warnings) {

    public Settings {
        warnings = List.copyOf(warnings);
        machines = Collections.unmodifiableMap(new LinkedHashMap<>(machines));
    }

    /**
     * The miner port.
     *
     * @param auth how miners log in
     * @param maxConnections at least 1
     * @param maxBodyBytes at least 1,024
     * @param tls empty for plain HTTP
     */
    public record Server(
            HostPort listen,
            MinerAuth auth,
            int maxConnections,
            int maxBodyBytes,
            Access access,
            Optional<TlsFiles> tls) {

        /** Creates a plain port that is open to everyone. */
        public Server(HostPort listen, int maxConnections, int maxBodyBytes) {
            this(listen, MinerAuth.NONE, maxConnections, maxBodyBytes, Access.OPEN, Optional.empty());
        }

        /** Returns the same port with other rules. */
        public Server with(Access changed) {
            return new Server(listen, auth, maxConnections, maxBodyBytes, changed, tls);
        }
    }

    /**
     * The rules that depend on the address of a miner.
     *
     * @param allowedNetworks empty for all networks
     * @param trustedProxies the proxies whose X-Forwarded-For header is used
     * @param connectionsPerAddress 0 for no limit
     * @param submissionsPerSecond 0 for no limit
     */
    public record Access(
            List<Network> allowedNetworks,
            List<Network> trustedProxies,
            int connectionsPerAddress,
            int submissionsPerSecond) {
        static final Access OPEN = new Access(List.of(), List.of(), 0, 0);

        public Access {
            allowedNetworks = List.copyOf(allowedNetworks);
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /**
     * How miners log in.
     *
     * @param enabled whether they must; then there is at least one of shared and users
     * @param sharedUser the user name of basic_auth, which is no machine's name, whether or not miners must log in
     * @param shared the credentials of basic_auth; empty when miners need not log in
     * @param users passwords by user name, in the order of the file; without effect when miners need not log in
     */
    public record MinerAuth(
            boolean enabled, Optional<String> sharedUser, Optional<BasicAuth> shared, Map<String, Secret> users) {
        static final MinerAuth NONE = new MinerAuth(false, Optional.empty(), Optional.empty(), Map.of());

        public MinerAuth {
            users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        }
    }

    /** A user name and a password for HTTP Basic. */
    public record BasicAuth(String user, Secret password) {}

    /**
     * The pool or node.
     *
     * @param name its name in the log
     * @param url http or https, with a host
     * @param timeout the longest time for one answer
     * @param maxInFlight at least 1
     * @param proxy that of the configuration, or else of the environment
     * @param kind what its successes mean
     * @param backups in order of preference, after this one; may be empty
     */
    public record Upstream(
            String name,
            URI url,
            UpstreamCredentials credentials,
            SubmissionMode mode,
            Duration blockTime,
            Duration timeout,
            int maxInFlight,
            boolean resend,
            Retry retry,
            ProxySettings proxy,
            UpstreamKind kind,
            List<Endpoint> backups,
            Failover failover) {

        public Upstream {
            backups = List.copyOf(backups);
        }

        /** Creates a direct upstream without backups. */
        public Upstream(
                String name,
                URI url,
                UpstreamCredentials credentials,
                SubmissionMode mode,
                Duration blockTime,
                Duration timeout,
                int maxInFlight,
                boolean resend,
                Retry retry,
                ProxySettings proxy) {
            this(
                    name,
                    url,
                    credentials,
                    mode,
                    blockTime,
                    timeout,
                    maxInFlight,
                    resend,
                    retry,
                    proxy,
                    UpstreamKind.DIRECT,
                    List.of(),
                    Failover.DEFAULT);
        }

        /** Returns the preferred upstream and its backups, in order of preference. */
        public List<Endpoint> endpoints() {
            List<Endpoint> all = new ArrayList<>(List.of(new Endpoint(name, url, credentials, proxy, kind)));
            all.addAll(backups);
            return List.copyOf(all);
        }

        /** Returns the URL for logs, with a masked query: it may contain a secret. */
        public String urlWithoutQuery() {
            return new Endpoint(name, url, credentials, proxy, kind).urlWithoutQuery();
        }
    }

    /**
     * Where a pool or node is, and how to log in there.
     *
     * @param name unique among the upstreams
     * @param url http or https, with a host
     * @param proxy that of the configuration, or else of the environment
     * @param kind what its successes mean
     */
    public record Endpoint(
            String name, URI url, UpstreamCredentials credentials, ProxySettings proxy, UpstreamKind kind) {

        /**
         * Returns the id under which verdicts of this upstream are stored.
         *
         * @param node a name of this machine
         */
        public String id(String node) {
            String user = switch (credentials) {
                case UpstreamCredentials.UserPassword login -> login.user();
                case UpstreamCredentials.None none -> "";
                case UpstreamCredentials.Bearer token -> "";
                case UpstreamCredentials.CookieFile cookie -> "";
            };
            return UpstreamIds.of(url, user, node);
        }

        boolean isSameAs(Endpoint other) {
            return id("").equals(other.id(""));
        }

        /** Returns the URL for logs, with a masked query: it may contain a secret. */
        public String urlWithoutQuery() {
            String text = url.toString();
            return url.getRawQuery() == null ? text : text.substring(0, text.indexOf('?')) + "?" + Secret.MASK;
        }
    }

    /**
     * When another upstream becomes the active one.
     *
     * @param after time without a good answer of the active upstream
     * @param returnAfter time of uninterrupted good answers of a preferred upstream
     */
    public record Failover(Duration after, Duration returnAfter) {
        public static final Failover DEFAULT = new Failover(Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /**
     * The retry policy.
     *
     * @param maxAttempts 0 = no limit
     * @param maxDelay not below the base delay
     */
    public record Retry(int maxAttempts, Duration baseDelay, Duration maxDelay) {}

    /**
     * How mining info is polled and served.
     *
     * @param timeToLive the longest interval between two polls
     */
    public record Cache(Duration pollInterval, Duration timeToLive, Duration staleIfError) {

        /** Returns the interval that satisfies both settings. */
        public Duration effectivePollInterval() {
            return pollInterval.compareTo(timeToLive) < 0 ? pollInterval : timeToLive;
        }
    }

    /**
     * The database.
     *
     * @param retentionDays 0 = no limit
     */
    public record Database(Path path, int retentionDays, Optional<DatabaseServer> server) {

        /** Creates one on SQLite. */
        public Database(Path path, int retentionDays) {
            this(path, retentionDays, Optional.empty());
        }

        /** Returns what it is called in the log. */
        public String name() {
            return server.map(it -> it.url().toString()).orElseGet(path::toString);
        }
    }

    /**
     * A database on PostgreSQL.
     *
     * @param password empty when the server does not ask for one
     */
    public record DatabaseServer(DatabaseUrl url, Optional<Secret> password) {}

    /**
     * The dashboard.
     *
     * @param auth the credentials of its users; empty when they need none
     * @param tls empty for plain HTTP
     */
    public record Dashboard(HostPort listen, Optional<BasicAuth> auth, Optional<TlsFiles> tls) {

        /** Creates a plain dashboard without a login. */
        public Dashboard(HostPort listen) {
            this(listen, Optional.empty(), Optional.empty());
        }
    }

    /**
     * The metrics for Prometheus.
     *
     * @param maxMachines the maximum number of machines with their own metrics; 0 = none
     */
    public record Metrics(int maxMachines) {}

    /**
     * The alerts.
     *
     * @param webhook an http or https URL; empty = no alerts
     * @param silentRounds at least 1
     * @param maxPerHour at least 1
     * @param proxy that of the environment, for the webhook
     */
    public record Alerts(
            Optional<Secret> webhook, String farmName, int silentRounds, int maxPerHour, ProxySettings proxy) {

        /** Returns the webhook for display, with path and query masked: they may be a token. */
        Optional<String> shownWebhook() {
            return webhook.map(secret -> URI.create(secret.reveal()))
                    .map(url -> url.getScheme() + "://" + url.getAuthority() + "/" + Secret.MASK);
        }
    }

    /**
     * The computation of qualities.
     *
     * @param cpuPercent 1 to 100, of one core; for the background
     */
    public record Verification(VerificationMode mode, int cpuPercent) {}

    /**
     * The log.
     *
     * @param file empty = only the console
     */
    public record Logging(LogLevel level, Optional<Path> file) {}
}
