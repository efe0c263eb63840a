package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import org.pocx.aggregator.http.routing.Responses;

/**
 * Has a server of somebody else ask for HTTP Basic credentials, on all of its paths; the delays for wrong ones are those
 * of the miner port. Thread-safe.
 */
public final class AuthFilter extends Filter {
    private final Doorman doorman;
    private volatile BasicAuth auth;

    /**
     * A filter that begins with these credentials.
     *
     * @param credentials what everyone has to show; empty lets everyone in
     */
    public AuthFilter(Optional<BasicCredentials> credentials) {
        auth = new BasicAuth(credentials);
        SeldomLog log = new SeldomLog(System.getLogger(AuthFilter.class.getName()), System::nanoTime);
        doorman = new Doorman(() -> auth, System::nanoTime, Doorman.realPause(), log);
    }

    /**
     * From the next request on other credentials hold.
     *
     * @param credentials what everyone has to show; empty lets everyone in
     */
    public void update(Optional<BasicCredentials> credentials) {
        auth = new BasicAuth(credentials);
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
