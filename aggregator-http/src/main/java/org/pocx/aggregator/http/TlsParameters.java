package org.pocx.aggregator.http;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The TLS parameters that an {@link HttpsConfigurator} sets for one connection. Owned by its thread. */
final class TlsParameters extends HttpsParameters {
    private final HttpsConfigurator configurator;
    private final InetSocketAddress peer;
    private @Nullable SSLParameters wished;

    TlsParameters(HttpsConfigurator configurator, InetSocketAddress peer) {
        this.configurator = configurator;
        this.peer = peer;
    }

    @Override
    public HttpsConfigurator getHttpsConfigurator() {
        return configurator;
    }

    @Override
    public InetSocketAddress getClientAddress() {
        return peer;
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        wished = parameters;
    }

    void applyTo(SSLSocket socket) {
        if (wished != null) {
            socket.setSSLParameters(wished);
        }
    }
}
