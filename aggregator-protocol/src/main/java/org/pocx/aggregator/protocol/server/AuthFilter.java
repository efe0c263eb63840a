package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Objects;
import org.pocx.aggregator.http.routing.Responses;

/**
 * Protects all paths of another server with HTTP Basic authentication. Wrong credentials cause the same delays as at
 * the miner port. Thread-safe.
 */
public final class AuthFilter extends Filter {
    private final RequestAuthenticator authenticator;
    private volatile BasicAuthChecker auth;

    /** A filter that lets everyone in, until credentials are {@linkplain #require required}. */
    public AuthFilter() {
        auth = new BasicAuthChecker(MinerLogins.NONE);
        RateLimitedLog log = new RateLimitedLog(System.getLogger(AuthFilter.class.getName()), System::nanoTime);
        authenticator = new RequestAuthenticator(() -> auth, System::nanoTime, RequestAuthenticator.realPause(), log);
    }

    /**
     * Requires these credentials from the next request on.
     *
     * @param credentials what everyone has to show
     */
    public void require(BasicCredentials credentials) {
        auth = new BasicAuthChecker(MinerLogins.shared(Objects.requireNonNull(credentials, "credentials")));
    }

    /** Lets everyone in from the next request on. */
    public void requireNothing() {
        auth = new BasicAuthChecker(MinerLogins.NONE);
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        boolean admitted = authenticator
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
