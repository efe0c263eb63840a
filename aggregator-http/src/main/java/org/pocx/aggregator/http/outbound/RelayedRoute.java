package org.pocx.aggregator.http.outbound;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** Sends the client's requests through a {@link RelayServer}, which the client uses as its proxy. */
final class RelayedRoute implements OutboundRoute {
    /** A host name that the client accepts. It is never resolved: the relay knows its target. */
    private static final String SURROGATE = "http://relay.invalid";

    /** So that the relay's time limit, whose message is better, ends first. */
    private static final Duration EXTRA = Duration.ofSeconds(1);

    private final OutboundTarget target;
    private final Duration connectTimeout;
    private final RelayPlan plan;
    private final RelayServer relay;

    private RelayedRoute(OutboundTarget target, Duration connectTimeout, RelayPlan plan, RelayServer relay) {
        this.target = target;
        this.connectTimeout = connectTimeout;
        this.plan = plan;
        this.relay = relay;
    }

    static RelayedRoute open(OutboundTarget target, Duration connectTimeout, RelayPlan plan) {
        return new RelayedRoute(
                target, connectTimeout, plan, RelayServer.open(plan.dialer(), plan.rewriter(), connectTimeout));
    }

    @Override
    public void configure(HttpClient.Builder client) {
        client.proxy(ProxySelector.of(relay.address())).connectTimeout(connectTimeout.plus(EXTRA));
    }

    /** Returns the target's own URL for https, as TLS checks the certificate for its host. */
    @Override
    public URI requestUrl() {
        if (target.isSecure()) {
            return target.url();
        }
        String path = target.url().getRawPath();
        String query = target.url().getRawQuery();
        return URI
                .create(SURROGATE + (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query));
    }

    @Override
    public OutboundCall call() {
        RelayTicket ticket = relay.issueTicket();
        return new OutboundCall() {
            @Override
            public void prepare(HttpRequest.Builder request) {
                request.header(ProxyAuthorization.NAME, ticket.secret());
            }

            @Override
            public Optional<DialFailure> failure() {
                return ticket.failure();
            }

            @Override
            public Optional<DialFailure> failureIn(int status, HttpHeaders headers) {
                return plan.refusals().in(status, headers);
            }

            @Override
            public void close() {
                relay.withdraw(ticket);
            }
        };
    }

    @Override
    public void close() {
        relay.close();
    }
}
