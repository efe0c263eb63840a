package org.pocx.aggregator.protocol.client;

import java.net.URI;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Selects the TLS context of the HTTP client. By default {@code java.net.http} reads all trusted certificates of the JVM
 * when it is built, even for plain HTTP, which took a third of the program's start time. A client that uses plain HTTP
 * and follows no redirects does not need them.
 */
final class UpstreamTls {
    private UpstreamTls() {}

    /** Returns the JVM's default context for https, otherwise a context that trusts no certificate. */
    static SSLContext of(URI address) {
        try {
            return "https".equalsIgnoreCase(address.getScheme()) ? SSLContext.getDefault() : withoutTrust();
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("TLS is not available in this JVM: " + unusable.getMessage(), unusable);
        }
    }

    private static SSLContext withoutTrust() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[0], new TrustManager[0], null);
        return context;
    }
}
