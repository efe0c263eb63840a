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

/** Makes self-signed certificates with the JDK's own tool, as PKCS#12 and as PEM. */
public final class Certificates {
    /** Of every key store made here. */
    public static final String PASSWORD = "changeit";

    private static final String LINE = "\n";

    private Certificates() {}

    /** A key store with one key, whose certificate is for that name. */
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

    /** The certificate and the key of a key store as two PEM files beside it. */
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
