package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Signs certificates for tests, by the JDK's own tool. */
final class TestAuthority {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path keys;
    private int made;

    private TestAuthority(Path folder) {
        this.folder = folder;
        this.keys = folder.resolve("authority.p12");
    }

    /** A new one, whom nobody trusts yet. */
    static TestAuthority in(Path parent) throws Exception {
        TestAuthority authority = new TestAuthority(Files.createTempDirectory(parent, "authority"));
        authority.keytool(authority.keys, "ca", "-dname", "CN=authority", "-ext", "bc:critical=ca:true", "-ext",
                "ku:critical=keyCertSign");
        return authority;
    }

    /** Options for a Java that trusts this authority and no other, after these. */
    List<String> trusting(List<String> options) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", load(keys).getCertificate("ca"));
        Path file = folder.resolve("trusted.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        List<String> all = new ArrayList<>(options);
        all.add("-Djavax.net.ssl.trustStore=" + file);
        all.add("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        return all;
    }

    /** Its own certificate, for programs other than Java. */
    Path pem() throws Exception {
        String base64 = Base64.getMimeEncoder().encodeToString(load(keys).getCertificate("ca").getEncoded());
        return Files.writeString(
                folder.resolve("authority.pem"),
                "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    /**
     * What a server with a certificate of this authority shows.
     *
     * @param host such as dns:localhost
     * @param begin when its 30 days begin, such as -40d
     */
    SSLContext identity(String name, String host, String begin) throws Exception {
        Path file = Files.copy(keys, folder.resolve(name + ++made + ".p12"));
        keytool(
                file, "server", "-dname", "CN=" + name, "-signer", "ca", "-ext", "san=" + host, "-startdate", begin,
                "-validity", "30");
        KeyStore all = load(file);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        char[] password = PASSWORD.toCharArray();
        own.setKeyEntry("server", all.getKey("server", password), password, all.getCertificateChain("server"));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore load(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void keytool(Path file, String alias, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair", "-alias", alias, "-keyalg", "EC", "-storetype", "PKCS12",
                "-keystore", file.toString(), "-storepass", PASSWORD));
        command.addAll(List.of(more));
        Process tool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(tool.waitFor()).as(Files.readString(folder.resolve("keytool.txt"))).isZero();
    }
}
