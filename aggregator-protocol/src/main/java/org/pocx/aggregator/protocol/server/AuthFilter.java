package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Objects;
import org.pocx.aggregator.http.routing.Responses;

/**
 * Has a server of somebody else ask for HTTP Basic credentials, on all of its paths; the delays for wrong ones are those
 * of the miner port. Thread-safe.
 */
public final class AuthFilter extends Filter {
    private final Doorman doorman;
    private volatile BasicAuth auth;

    /** A filter that lets everyone in, until credentials are {@linkplain #require required}. */
    public AuthFilter() {
        auth = new BasicAuth(null);
        SeldomLog log = new SeldomLog(System.getLogger(AuthFilter.class.getName()), System::nanoTime);
        doorman = new Doorman(() -> auth, System::nanoTime, Doorman.realPause(), log);
    }

    /**
     * Requires these credentials from the next request on.
     *
     * @param credentials what everyone has to show
     */
    public void require(BasicCredentials credentials) {
        auth = new BasicAuth(Objects.requireNonNull(credentials, "credentials"));
    }

    /** Lets everyone in from the next request on. */
    public void requireNothing() {
        auth = new BasicAuth(null);
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        boolean admitted = doorman
                .admit(exchange, exchange.getRemoteAddress().getAddress(), (refused, error) -> Responses
                        .text(refused, 401, error.message() + ".\n"))
                .isPresent();
        if (admitted) {
            chain.doFilter(exchange);
        }
    }

    @Override
    public String description() {
        return "HTTP Basic authentication";
    }
}
