package org.pocx.aggregator.cli.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.protocol.server.Network;
import org.pocx.aggregator.protocol.tls.TlsFiles;

/**
 * All that the program is told, checked. Each part goes to the one module that it is for.
 *
 * @param dashboard empty when there is to be none
 * @param warnings what is allowed and probably not meant, one line each
 */
public record Settings(
        Server server,
        Upstream upstream,
        Cache cache,
        Database database,
        Optional<Dashboard> dashboard,
        Metrics metrics,
        Alerts alerts,
        Logging logging,
        List<String> warnings) {

    public Settings {
        warnings = List.copyOf(warnings);
    }

    /**
     * The miner port.
     *
     * @param auth what miners must log in with, where they must
     * @param maxConnections at least 1
     * @param maxBodyBytes at least 1,024
     * @param tls empty for plain HTTP
     */
    public record Server(
            HostPort listen,
            Optional<BasicAuth> auth,
            int maxConnections,
            int maxBodyBytes,
            Access access,
            Optional<TlsFiles> tls) {

        /** A plain port that is open to every address. */
        public Server(HostPort listen, Optional<BasicAuth> auth, int maxConnections, int maxBodyBytes) {
            this(listen, auth, maxConnections, maxBodyBytes, Access.OPEN, Optional.empty());
        }
    }

    /**
     * What depends on a miner's address.
     *
     * @param allowedNetworks empty for anywhere
     * @param trustedProxies whose X-Forwarded-For is believed
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

    /** A user name and a password for HTTP Basic. */
    public record BasicAuth(String user, Secret password) {}

    /**
     * The pool or node.
     *
     * @param name what to call it
     * @param url http or https, with a host
     * @param timeout for one answer
     * @param maxInFlight at least 1
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
            Retry retry) {

        /** The URL for logs: a query may hold a secret. */
        public String urlWithoutQuery() {
            String text = url.toString();
            return url.getRawQuery() == null ? text : text.substring(0, text.indexOf('?')) + "?" + Secret.MASK;
        }
    }

    /**
     * The back-off.
     *
     * @param maxAttempts 0 = no limit
     * @param maxDelay not below the base delay
     */
    public record Retry(int maxAttempts, Duration baseDelay, Duration maxDelay) {}

    /**
     * Mining info.
     *
     * @param timeToLive it is asked for at least this often
     */
    public record Cache(Duration pollInterval, Duration timeToLive, Duration staleIfError) {

        /** The interval that satisfies both settings. */
        public Duration effectivePollInterval() {
            return pollInterval.compareTo(timeToLive) < 0 ? pollInterval : timeToLive;
        }
    }

    /**
     * The store.
     *
     * @param retentionDays 0 = for ever
     */
    public record Database(Path path, int retentionDays) {}

    /**
     * The dashboard.
     *
     * @param auth what everyone must log in with, where they must
     * @param tls empty for plain HTTP
     */
    public record Dashboard(HostPort listen, Optional<BasicAuth> auth, Optional<TlsFiles> tls) {

        /** A plain and open one. */
        public Dashboard(HostPort listen) {
            this(listen, Optional.empty(), Optional.empty());
        }
    }

    /**
     * The figures for Prometheus.
     *
     * @param maxMachines machines with figures of their own; 0 = none
     */
    public record Metrics(int maxMachines) {}

    /**
     * What is told to whom.
     *
     * @param webhook an http or https URL; empty = nobody is told
     * @param silentRounds at least 1
     * @param maxPerHour at least 1
     */
    public record Alerts(Optional<Secret> webhook, String farmName, int silentRounds, int maxPerHour) {

        /** The webhook for an operator's eyes: its path and query may be a token. */
        Optional<String> shownWebhook() {
            return webhook.map(secret -> URI.create(secret.reveal()))
                    .map(url -> url.getScheme() + "://" + url.getAuthority() + "/" + Secret.MASK);
        }
    }

    /**
     * The log.
     *
     * @param file empty = console alone
     */
    public record Logging(LogLevel level, Optional<Path> file) {}
}
