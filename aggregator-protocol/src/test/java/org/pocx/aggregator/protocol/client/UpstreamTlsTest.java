package org.pocx.aggregator.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class UpstreamTlsTest {
    @Test
    void https_usesTheJvmsTrustedCertificates() throws NoSuchAlgorithmException {
        assertThat(UpstreamTls.of(URI.create("HTTPS://pool.example:443/"))).isSameAs(SSLContext.getDefault());
    }

    @Test
    void plainHttp_loadsNoTrustedCertificates() throws NoSuchAlgorithmException {
        SSLContext context = UpstreamTls.of(URI.create("http://127.0.0.1:8080/"));

        assertThat(context).isNotSameAs(SSLContext.getDefault());
        assertThat(context.getDefaultSSLParameters()).isNotNull();
    }
}
