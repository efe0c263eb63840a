package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameters;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.HttpsURLConnection;
import org.pocx.aggregator.cli.config.ConfigException;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.config.HostPort;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.cli.log.Logging;
import org.pocx.aggregator.protocol.server.Network;

/**
 * {@code healthcheck}: sends a request to the running program, at the address in its configuration. Status 1 means that it is
 * not healthy, 2 that the check is not possible.
 */
@Parameters
final class HealthcheckCommand extends OptionedCommand {
    private static final int TIMEOUT_MILLIS = 3_000;

    /** The result of {@link HttpURLConnection#getResponseCode} for an answer that is not HTTP. */
    private static final int NO_HTTP = -1;

    @Override
    public int run(Terminal terminal) {
        Logging.silence();
        Settings.Server server = ConfigFile.read(options().config(), terminal.directory(), terminal.environment())
                .server();
        HostPort listen = server.listen();
        HostPort target = listen.wildcard() ? new HostPort(loopback(listen), listen.port()) : listen;
        requireAccess(target, server.access().allowedNetworks());
        URI uri = URI.create((server.tls().isPresent() ? "https://" : "http://") + target + "/health");
        int status = statusInTime(uri);
        if (status == NO_HTTP) {
            throw new StartException(uri + " answered, but not in HTTP: does another program use this port?");
        }
        if (status != 200) {
            throw new StartException(uri + " answered HTTP " + status + ": not healthy");
        }
        terminal.out().println("OK");
        return 0;
    }

    /** Checks that this machine may connect. The status differs from an unhealthy program, which a supervisor would restart. */
    private static void requireAccess(HostPort target, List<Network> allowed) {
        Optional<Network> self = Network.parse(target.host());
        if (!allowed.isEmpty() && self.isPresent() && !Network.anyContains(allowed, self.get().start())) {
            throw new ConfigException("server.allowed_networks does not include " + target.host()
                    + ", so the healthcheck cannot connect: add it");
        }
    }

    private static String loopback(HostPort wildcard) {
        return wildcard.host().indexOf(':') >= 0 ? "::1" : "127.0.0.1";
    }

    /** Limits the whole request: the timeouts of the connection apply to each read only. */
    private static int statusInTime(URI uri) {
        FutureTask<Integer> asking = new FutureTask<>(() -> status(uri));
        Thread.ofPlatform().daemon().name("healthcheck").start(asking);
        try {
            return asking.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StartException(uri + " did not answer within " + TIMEOUT_MILLIS / 1_000 + " s: not healthy");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while waiting for " + uri);
        } catch (ExecutionException e) {
            throw new StartException(uri + " does not answer: is the aggregator running?");
        }
    }

    /** Uses the JDK's simplest client: frequent checks must not load a TLS engine each time. */
    private static int status(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(TrustAllCertificates.context().getSocketFactory());
            secure.setHostnameVerifier((host, session) -> true);
        }
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
