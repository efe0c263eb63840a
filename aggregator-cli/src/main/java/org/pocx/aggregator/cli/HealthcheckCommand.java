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
 * {@code healthcheck}: asks the running program, by the address in its configuration, whether it serves. Status 1 means that it
 * does not, 2 that it cannot be asked.
 */
@Parameters
final class HealthcheckCommand extends OptionedCommand {
    private static final int PATIENCE_MILLIS = 3_000;

    /** What {@link HttpURLConnection#getResponseCode} says of an answer that is no HTTP. */
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
            throw new StartException(uri + " answered, but not in HTTP: is another program at this port?");
        }
        if (status != 200) {
            throw new StartException(uri + " answered HTTP " + status + ": not healthy");
        }
        terminal.out().println("OK");
        return 0;
    }

    /** A service that is restarted because nobody may ask it would be restarted for ever: that is another status. */
    private static void requireAccess(HostPort target, List<Network> allowed) {
        Optional<Network> self = Network.parse(target.host());
        if (!allowed.isEmpty() && self.isPresent() && !Network.anyContains(allowed, self.get().start())) {
            throw new ConfigException("server.allowed_networks leaves out " + target.host()
                    + ", so that this machine cannot ask: add it for the healthcheck");
        }
    }

    private static String loopback(HostPort wildcard) {
        return wildcard.host().indexOf(':') >= 0 ? "::1" : "127.0.0.1";
    }

    /** The limits of the connection count from byte to byte: who sends one a second would keep us for ever. */
    private static int statusInTime(URI uri) {
        FutureTask<Integer> asking = new FutureTask<>(() -> status(uri));
        Thread.ofPlatform().daemon().name("healthcheck").start(asking);
        try {
            return asking.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StartException(uri + " did not answer within " + PATIENCE_MILLIS / 1_000 + " s: not healthy");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while waiting for " + uri);
        } catch (ExecutionException e) {
            throw new StartException(uri + " does not answer: is the aggregator running?");
        }
    }

    /** By the plainest client that the JDK has: a check each few seconds must not load a TLS engine each time. */
    private static int status(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setInstanceFollowRedirects(false);
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(AnyCertificate.context().getSocketFactory());
            secure.setHostnameVerifier((host, session) -> true);
        }
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
