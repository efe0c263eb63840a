package org.pocx.aggregator.protocol.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import org.pocx.aggregator.http.testkit.TlsIdentities;

/** Converts key stores to PEM files. */
final class PemFiles {
    private static final String LINE = "\n";

    private PemFiles() {}

    /** The certificate and the key of a key store as two PEM files beside it. */
    static TlsFiles.Pem pem(Path keyStore) {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, TlsIdentities.PASSWORD.toCharArray());
            Key key = store.getKey("server", TlsIdentities.PASSWORD.toCharArray());
            Path certificate = Path.of(keyStore + ".crt");
            Path keyFile = Path.of(keyStore + ".key");
            Files.writeString(certificate, block("CERTIFICATE", store.getCertificate("server").getEncoded()));
            Files.writeString(keyFile, block("PRIVATE KEY", key.getEncoded()));
            return new TlsFiles.Pem(certificate, keyFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----" + LINE + Base64.getMimeEncoder().encodeToString(der) + LINE
                + "-----END " + label + "-----" + LINE;
    }
}
