package org.pocx.aggregator.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.pocx.aggregator.cli.config.HostPort;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.cli.control.ControlReply;
import org.pocx.aggregator.protocol.server.Network;

/**
 * Checks from this machine whether the miner port serves.
 *
 * @param server the configuration of the port
 */
record MinerPortHealth(Settings.Server server) {

    /** Checks from another process. Returns what is wrong, or empty if the port is healthy. */
    Optional<String> problem() {
        HealthRequest request = request();
        String url = url();
        try {
            int status = request.status();
            if (status == HealthRequest.NO_HTTP) {
                return Optional.of(url + " answered, but not in HTTP: does another program use this port?");
            }
            return status == 200
                    ? Optional.empty()
                    : Optional.of(url + " answered HTTP " + status + ": not healthy");
        } catch (TimeoutException e) {
            return Optional.of(late());
        } catch (IOException e) {
            return Optional.of(url + " does not answer: is the aggregator running?");
        }
    }

    /** Checks from inside of the program, whose port perhaps closes connections of this machine. */
    ControlReply reply() {
        Optional<String> problem = excluded().isPresent() ? notAccepted() : problem();
        return problem.map(text -> new ControlReply(1, List.of(text))).orElse(new ControlReply(0, List.of("OK")));
    }

    private Optional<String> notAccepted() {
        try {
            request().accepted();
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of(late());
        } catch (IOException e) {
            return Optional.of("the port " + target() + " accepts no connections: " + e.getMessage());
        }
    }

    /** Returns the address of this machine that may not connect, if its own requests are not allowed. */
    Optional<String> excluded() {
        List<Network> allowed = server.access().allowedNetworks();
        String host = target().host();
        Optional<Network> self = Network.parse(host);
        return !allowed.isEmpty() && self.isPresent() && !Network.anyContains(allowed, self.get().start())
                ? Optional.of(host)
                : Optional.empty();
    }

    /** Returns the problem of a program that does not answer. */
    String late() {
        return url() + " did not answer within " + HealthRequest.PATIENCE.toSeconds() + " s: not healthy";
    }

    private String url() {
        return (server.tls().isPresent() ? "https://" : "http://") + target() + "/health";
    }

    private HealthRequest request() {
        return new HealthRequest(target(), server.tls().isPresent());
    }

    private HostPort target() {
        HostPort listen = server.listen();
        return listen.wildcard() ? new HostPort(loopback(listen), listen.port()) : listen;
    }

    private static String loopback(HostPort wildcard) {
        return wildcard.host().indexOf(':') >= 0 ? "::1" : "127.0.0.1";
    }
}
