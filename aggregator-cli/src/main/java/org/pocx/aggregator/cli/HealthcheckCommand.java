package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameters;
import com.beust.jcommander.ParametersDelegate;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.config.HostPort;
import org.pocx.aggregator.cli.log.Logging;

/** {@code healthcheck}: asks the running program, by the address in its configuration, whether it serves. */
@Parameters
final class HealthcheckCommand implements OptionedCommand {
    private static final int PATIENCE_MILLIS = 3_000;

    @ParametersDelegate private final CommonOptions options = new CommonOptions();

    @Override
    public CommonOptions options() {
        return options;
    }

    @Override
    public int run(Terminal terminal) {
        Logging.silence();
        HostPort listen = ConfigFile.read(options.config(), terminal.directory(), terminal.environment())
                .server()
                .listen();
        HostPort target = listen.wildcard() ? new HostPort(loopback(listen), listen.port()) : listen;
        int status = status(URI.create("http://" + target + "/health"));
        if (status != 200) {
            throw new StartException("http://" + target + "/health answered HTTP " + status + ": not healthy");
        }
        terminal.out().println("OK");
        return 0;
    }

    private static String loopback(HostPort wildcard) {
        return wildcard.host().indexOf(':') >= 0 ? "::1" : "127.0.0.1";
    }

    /** By the plainest client that the JDK has: a check each few seconds must not load a TLS engine each time. */
    private static int status(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setInstanceFollowRedirects(false);
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new StartException(uri + " does not answer: is the aggregator running?");
        }
    }
}
