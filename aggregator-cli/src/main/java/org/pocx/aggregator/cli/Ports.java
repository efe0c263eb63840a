package org.pocx.aggregator.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.protocol.server.AccessRules;
import org.pocx.aggregator.protocol.server.AuthFilter;
import org.pocx.aggregator.protocol.server.BasicCredentials;
import org.pocx.aggregator.protocol.server.HttpServers;
import org.pocx.aggregator.protocol.server.MinerLogins;
import org.pocx.aggregator.protocol.server.MinerServer;
import org.pocx.aggregator.protocol.server.MinerServerSettings;
import org.pocx.aggregator.protocol.tls.ReloadingHttpsConfigurator;
import org.pocx.aggregator.protocol.tls.TlsException;
import org.pocx.aggregator.protocol.tls.TlsFiles;

/**
 * The access rules, limits and TLS of the two ports, as far as they can change while the ports are open.
 *
 * <p>Thread-safe: its monitor guards the settings and the limits.
 */
final class Ports implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final Optional<ReloadingHttpsConfigurator> minerTls;
    private final Optional<ReloadingHttpsConfigurator> dashboardTls;
    private final AuthFilter dashboardAuth;
    private final int maxInFlight;
    private Settings settings;
    private ConnectionLimits limits;
    private Optional<MinerServer> miners = Optional.empty();
    private final Optional<FileDescriptors> descriptors;

    /** @param descriptors the descriptors when everything except the ports is open */
    Ports(Settings settings, Optional<FileDescriptors> descriptors) {
        this.settings = settings;
        this.descriptors = descriptors;
        maxInFlight = settings.upstream().maxInFlight();
        limits = ConnectionLimits.of(settings.server().maxConnections(), descriptors, maxInFlight);
        minerTls = settings.server().tls().map(files -> tls("the miner port", files));
        dashboardTls = settings.dashboard().flatMap(Settings.Dashboard::tls).map(this::dashboardTls);
        dashboardAuth = new AuthFilter();
        requireDashboardLogin();
    }

    private void requireDashboardLogin() {
        settings.dashboard()
                .flatMap(Settings.Dashboard::auth)
                .map(Ports::credentials)
                .ifPresentOrElse(dashboardAuth::require, dashboardAuth::requireNothing);
    }

    private ReloadingHttpsConfigurator dashboardTls(TlsFiles files) {
        try {
            return tls("the dashboard", files);
        } catch (StartException refused) {
            minerTls.ifPresent(ReloadingHttpsConfigurator::close);
            throw refused;
        }
    }

    private static ReloadingHttpsConfigurator tls(String purpose, TlsFiles files) {
        try {
            return ReloadingHttpsConfigurator.open(purpose, files);
        } catch (TlsException unusable) {
            throw new StartException("No TLS for " + purpose + ": " + unusable.getMessage());
        }
    }

    /** Opens the miner port. */
    synchronized MinerServer openMiners(Aggregator aggregator, Supplier<byte[]> stats) {
        MinerServerSettings listening = new MinerServerSettings(
                settings.server().listen().socketAddress(),
                rules(),
                minerTls.orElse(null),
                "pocx-aggregator",
                VersionCommand.version());
        MinerServer server = settings.dashboard().isPresent()
                ? MinerServer.start(listening, aggregator, aggregator::readiness, stats)
                : MinerServer.start(listening, aggregator, aggregator::readiness);
        miners = Optional.of(server);
        return server;
    }

    /** Opens the port of the dashboard. It does not serve requests yet. */
    synchronized HttpServer openDashboard(Settings.Dashboard dashboard) throws IOException {
        InetSocketAddress address = dashboard.listen().socketAddress();
        return dashboardTls.isPresent()
                ? HttpServers.open(address, BACKLOG, this::dashboardConnections, dashboardTls.get())
                : HttpServers.open(address, BACKLOG, this::dashboardConnections);
    }

    private synchronized int dashboardConnections() {
        return limits.dashboard();
    }

    /** Returns the login filter of all dashboard pages. */
    AuthFilter dashboardAuth() {
        return dashboardAuth;
    }

    /** Returns a warning if the process cannot open as many connections as configured. */
    synchronized Optional<String> shortage() {
        int configured = settings.server().maxConnections();
        return limits.miners() >= Math.min(configured, 1_024)
                ? Optional.empty()
                : Optional
                        .of("Only " + limits.miners() + " miner connections are possible: the process may open at most "
                                + descriptors.map(FileDescriptors::max).orElse(0L)
                                + " files (ulimit -n), but server.max_connections is " + configured);
    }

    /** Applies the settings that can change. */
    synchronized void update(Settings changed) {
        settings = changed;
        limits = ConnectionLimits.of(changed.server().maxConnections(), descriptors, maxInFlight);
        miners.ifPresent(server -> server.update(rules()));
        requireDashboardLogin();
        reload(minerTls, changed.server().tls());
        reload(dashboardTls, changed.dashboard().flatMap(Settings.Dashboard::tls));
    }

    private static void reload(Optional<ReloadingHttpsConfigurator> tls, Optional<TlsFiles> files) {
        tls.ifPresent(running -> files.ifPresent(running::reload));
    }

    private AccessRules rules() {
        Settings.Server server = settings.server();
        Settings.Access access = server.access();
        return new AccessRules(
                logins(server.auth()),
                access.allowedNetworks(),
                access.trustedProxies(),
                limits.miners(),
                access.connectionsPerAddress(),
                access.submissionsPerSecond(),
                server.maxBodyBytes());
    }

    private static MinerLogins logins(Settings.MinerAuth auth) {
        List<BasicCredentials> accepted = new ArrayList<>();
        if (auth.enabled()) {
            auth.shared().map(Ports::credentials).ifPresent(accepted::add);
            auth.users().forEach((user, password) -> accepted.add(new BasicCredentials(user, password.reveal())));
        }
        return new MinerLogins(accepted, auth.sharedUser().orElse(null));
    }

    private static BasicCredentials credentials(Settings.BasicAuth auth) {
        return new BasicCredentials(auth.user(), auth.password().reveal());
    }

    /** Stops watching the certificates. It does not close the servers. Idempotent. */
    @Override
    public void close() {
        List.of(minerTls, dashboardTls).forEach(tls -> tls.ifPresent(ReloadingHttpsConfigurator::close));
    }
}
