package org.pocx.aggregator.protocol.client;

import java.net.URI;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * What {@code java.net.http} trusts. It reads all of the JVM's trusted certificates when it is built, for plain HTTP, too,
 * and a third of the whole program's start went there. Who asks by plain HTTP, and follows no redirect, needs none.
 */
final class UpstreamTls {
    private UpstreamTls() {}

    /** Returns the JVM's own context for https, with what {@code javax.net.ssl.trustStore} adds; else one that trusts nobody. */
    static SSLContext of(URI address) {
        try {
            return "https".equalsIgnoreCase(address.getScheme()) ? SSLContext.getDefault() : trustsNobody();
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("this Java has no usable TLS: " + unusable.getMessage(), unusable);
        }
    }

    private static SSLContext trustsNobody() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[0], new TrustManager[0], null);
        return context;
    }
}
