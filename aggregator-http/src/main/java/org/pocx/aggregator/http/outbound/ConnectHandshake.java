package org.pocx.aggregator.http.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Optional;
import org.pocx.aggregator.http.outbound.ProxySettings.Via;

/** Asks an HTTP proxy for a tunnel by CONNECT (RFC 9110, section 9.3.6). */
record ConnectHandshake(Via proxy, OutboundTarget target) implements TunnelDialer.Handshake {
    @Override
    public void perform(HandshakeStream stream) throws IOException {
        stream.write(request().getBytes(ISO_8859_1));
        Optional<ProxyResponseHead> response = ProxyResponseHead.read(stream);
        if (response.isEmpty()) {
            throw new DialException(DialFailure.of("the proxy " + proxy.name()
                    + " is not an HTTP proxy: its answer is not HTTP; check " + proxy.setting()));
        }
        if (response.get().status() / 100 != 2) {
            throw new DialException(new ProxyRefusals(proxy).ofTunnel(response.get()));
        }
    }

    private String request() {
        return "CONNECT " + target.hostAndPort() + " HTTP/1.1\r\nHost: " + target.hostAndPort() + "\r\n"
                + ProxyAuthorization.of(proxy).map(field -> field + "\r\n").orElse("") + "\r\n";
    }
}
