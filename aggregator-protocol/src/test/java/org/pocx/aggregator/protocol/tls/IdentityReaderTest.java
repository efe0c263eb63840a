package org.pocx.aggregator.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.http.testkit.TlsIdentities;

class IdentityReaderTest {
    @TempDir private static Path folder;

    private static Path elliptic;
    private static TlsFiles.Pem pem;
    private static TlsFiles.Pem other;

    @BeforeAll
    static void make() {
        elliptic = TlsIdentities.keyStore(folder, "elliptic", "EC");
        pem = PemFiles.pem(elliptic);
        other = PemFiles.pem(TlsIdentities.keyStore(folder, "rsa", "RSA"));
    }

    private static String name(TlsFiles files) throws TlsException {
        return IdentityReader.read(files).chain().get(0).getSubjectX500Principal().getName();
    }

    private static Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "a", ".pem"), text);
    }

    private static void assertRefused(TlsFiles files, String... words) {
        assertThatThrownBy(() -> IdentityReader.read(files))
                .isInstanceOf(TlsException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining(TlsIdentities.PASSWORD);
    }

    @Test
    void pemWithAnEllipticKey_isRead() throws TlsException {
        assertThat(name(pem)).isEqualTo("CN=elliptic");
    }

    @Test
    void pemWithAnRsaKey_isRead() throws TlsException {
        assertThat(name(other)).isEqualTo("CN=rsa");
    }

    @Test
    void pemWithAnEdwardsKey_isRead() throws TlsException {
        assertThat(name(PemFiles.pem(TlsIdentities.keyStore(folder, "edwards", "Ed25519")))).isEqualTo("CN=edwards");
    }

    @Test
    void keyStore_isRead() throws TlsException {
        assertThat(name(new TlsFiles.Pkcs12(elliptic, TlsIdentities.PASSWORD))).isEqualTo("CN=elliptic");
    }

    @Test
    void oneFileWithAllAndWordsBetween_isRead() throws Exception {
        Path all = file("Subject: us\r\n" + Files.readString(pem.key()).replace("\n", "\r\n") + "Issuer: them\n"
                + Files.readString(pem.certificates()) + Files.readString(other.certificates()));
        assertThat(IdentityReader.read(new TlsFiles.Pem(all, all)).chain()).hasSize(2);
    }

    @Test
    void keyOfAnotherCertificate_isRefused() {
        assertRefused(new TlsFiles.Pem(pem.certificates(), other.key()), "not that of the certificate", "rsa.p12.key");
        Path second = TlsIdentities.keyStore(folder, "second", "EC");
        assertRefused(
                new TlsFiles.Pem(pem.certificates(), PemFiles.pem(second).key()), "not that of the certificate");
    }

    @Test
    void wrongPassword_isRefused() {
        assertRefused(new TlsFiles.Pkcs12(elliptic, "guess"), "the password for", "elliptic.p12", "is wrong");
    }

    @Test
    void pemInPlaceOfAKeyStore_isRefused() {
        assertRefused(new TlsFiles.Pkcs12(pem.key(), TlsIdentities.PASSWORD), "is no PKCS#12 key store");
    }

    @Test
    void missingFile_isNamed() {
        assertRefused(new TlsFiles.Pem(folder.resolve("none"), pem.key()), "there is no file", "none");
    }

    @Test
    void encryptedOrOlderKey_isRefusedWithWhatToDo() throws IOException {
        for (String label : new String[] {"ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
            Path key = file(PemFiles.block(label, new byte[] {1, 2, 3}));
            assertRefused(new TlsFiles.Pem(pem.certificates(), key), label, "openssl pkcs8 -topk8 -nocrypt");
        }
    }

    @Test
    void filesWithoutWhatTheyShouldHold_areRefused() throws IOException {
        assertRefused(new TlsFiles.Pem(pem.key(), pem.key()), "holds no certificate");
        assertRefused(new TlsFiles.Pem(pem.certificates(), pem.certificates()), "holds no private key");
        Path garbage = file(PemFiles.block("CERTIFICATE", new byte[] {1, 2, 3}));
        assertRefused(new TlsFiles.Pem(garbage, pem.key()), "a certificate that cannot be read");
        Path noKey = file(PemFiles.block("PRIVATE KEY", new byte[] {1, 2, 3}));
        assertRefused(new TlsFiles.Pem(pem.certificates(), noKey), "a private key that cannot be read");
    }

    @Test
    void endlessFile_isRefused() throws IOException {
        Path endless = file("x".repeat(1024 * 1024 + 1));
        assertRefused(new TlsFiles.Pem(endless, pem.key()), "larger than 1 MiB");
    }

    @Test
    void settings_hideThePassword() {
        assertThat(new TlsFiles.Pkcs12(elliptic, "secret").toString()).doesNotContain("secret");
    }
}
