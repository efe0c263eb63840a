package org.pocx.aggregator.http.outbound;

import java.net.http.HttpHeaders;
import java.util.Optional;
import org.pocx.aggregator.http.outbound.ProxySettings.Via;

/**
 * How a relay reaches a target.
 *
 * @param rewriter for targets of plain HTTP
 * @param refusals which responses are of the proxy
 */
record RelayPlan(Dialer dialer, HeadRewriter rewriter, Refusals refusals) {

    /** Recognizes the responses of a proxy that did not forward the request. */
    @FunctionalInterface
    interface Refusals {
        Optional<DialFailure> in(int status, HttpHeaders headers);
    }

    static RelayPlan of(OutboundTarget target, ProxySettings proxy, HostResolver resolver) {
        AddressRace race = new AddressRace();
        return switch (proxy) {
            case ProxySettings.None none ->
                endToEnd(new TcpDialer(target.host(), target.port(), resolver, race), target);
            case Via via -> {
                Dialer toProxy = new ProxyDialer(via, new TcpDialer(via.host(), via.port(), resolver, race));
                yield switch (via.protocol()) {
                    case SOCKS5 -> endToEnd(new TunnelDialer(via, toProxy, new Socks5Handshake(via, target)), target);
                    case HTTP -> target.isSecure()
                            ? endToEnd(new TunnelDialer(via, toProxy, new ConnectHandshake(via, target)), target)
                            : forwarded(toProxy, target, via);
                };
            }
        };
    }

    /** Nobody else reads the requests. */
    private static RelayPlan endToEnd(Dialer dialer, OutboundTarget target) {
        return new RelayPlan(dialer, HeadRewriter.toTarget(target), (status, headers) -> Optional.empty());
    }

    /** The proxy reads each request and forwards it: HTTP proxies often allow CONNECT to the port of https only. */
    private static RelayPlan forwarded(Dialer toProxy, OutboundTarget target, Via proxy) {
        ProxyRefusals refusals = new ProxyRefusals(proxy);
        return new RelayPlan(
                toProxy,
                HeadRewriter.toProxy(target, proxy),
                (status, headers) -> refusals.ofForwarded(status, headers::firstValue));
    }
}
