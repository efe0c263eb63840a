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

/** Creates self-signed certificates with the JDK's keytool, as PKCS#12 and as PEM files. */
public final class Certificates {
    /** The password of every created key store. */
    public static final String PASSWORD = "changeit";

    private static final String LINE = "\n";

    private Certificates() {}

    /** Creates a key store with one key, whose certificate has the given common name. */
    public static Path keyStore(Path folder, String name, String algorithm) {
        Path file = folder.resolve(name + ".p12");
        try {
            Process tool = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-J-XX:TieredStopAtLevel=1",
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    algorithm,
                    "-dname",
                    "CN=" + name,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    PASSWORD)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (tool.waitFor() != 0) {
                throw new AssertionError("keytool failed");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Writes the certificate and the key of a key store to two PEM files in the same folder. */
    public static TlsFiles.Pem pem(Path keyStore) {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            Key key = store.getKey("server", PASSWORD.toCharArray());
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
