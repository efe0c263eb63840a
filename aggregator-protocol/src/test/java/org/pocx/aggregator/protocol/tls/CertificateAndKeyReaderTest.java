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

class CertificateAndKeyReaderTest {
    @TempDir private static Path folder;

    private static Path elliptic;
    private static TlsFiles.Pem pem;
    private static TlsFiles.Pem other;

    @BeforeAll
    static void createCertificates() {
        elliptic = TlsIdentities.keyStore(folder, "elliptic", "EC");
        pem = PemFiles.pem(elliptic);
        other = PemFiles.pem(TlsIdentities.keyStore(folder, "rsa", "RSA"));
    }

    private static String name(TlsFiles files) throws TlsException {
        return CertificateAndKeyReader.read(files).chain().get(0).getSubjectX500Principal().getName();
    }

    private static Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "a", ".pem"), text);
    }

    private static void assertRejected(TlsFiles files, String... parts) {
        assertThatThrownBy(() -> CertificateAndKeyReader.read(files))
                .isInstanceOf(TlsException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining(TlsIdentities.PASSWORD);
    }

    @Test
    void pemWithAnEllipticCurveKey_isRead() throws TlsException {
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
    void oneFileWithChainKeyAndComments_isRead() throws Exception {
        Path all = file("Subject: us\r\n" + Files.readString(pem.key()).replace("\n", "\r\n") + "Issuer: them\n"
                + Files.readString(pem.certificates()) + Files.readString(other.certificates()));
        assertThat(CertificateAndKeyReader.read(new TlsFiles.Pem(all, all)).chain()).hasSize(2);
    }

    @Test
    void keyOfAnotherCertificate_isRejected() {
        assertRejected(new TlsFiles.Pem(pem.certificates(), other.key()), "does not match the certificate",
                "rsa.p12.key");
        Path second = TlsIdentities.keyStore(folder, "second", "EC");
        assertRejected(
                new TlsFiles.Pem(pem.certificates(), PemFiles.pem(second).key()), "does not match the certificate");
    }

    @Test
    void wrongPassword_isRejected() {
        assertRejected(new TlsFiles.Pkcs12(elliptic, "guess"), "the password for", "elliptic.p12", "is wrong");
    }

    @Test
    void pemInsteadOfAKeyStore_isRejected() {
        assertRejected(new TlsFiles.Pkcs12(pem.key(), TlsIdentities.PASSWORD), "is not a PKCS#12 key store");
    }

    @Test
    void missingFile_isRejectedByName() {
        assertRejected(new TlsFiles.Pem(folder.resolve("none"), pem.key()), "none does not exist");
    }

    @Test
    void encryptedOrOlderKey_isRejectedWithTheRemedy() throws IOException {
        for (String label : new String[] {"ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
            Path key = file(PemFiles.block(label, new byte[] {1, 2, 3}));
            assertRejected(new TlsFiles.Pem(pem.certificates(), key), label, "openssl pkcs8 -topk8 -nocrypt");
        }
    }

    @Test
    void filesWithoutValidContent_areRejected() throws IOException {
        assertRejected(new TlsFiles.Pem(pem.key(), pem.key()), "contains no certificate");
        assertRejected(new TlsFiles.Pem(pem.certificates(), pem.certificates()), "contains no private key");
        Path garbage = file(PemFiles.block("CERTIFICATE", new byte[] {1, 2, 3}));
        assertRejected(new TlsFiles.Pem(garbage, pem.key()), "contains an invalid certificate");
        Path noKey = file(PemFiles.block("PRIVATE KEY", new byte[] {1, 2, 3}));
        assertRejected(new TlsFiles.Pem(pem.certificates(), noKey), "contains an invalid private key");
    }

    @Test
    void tooLargeFile_isRejected() throws IOException {
        Path large = file("x".repeat(1024 * 1024 + 1));
        assertRejected(new TlsFiles.Pem(large, pem.key()), "larger than 1 MiB");
    }

    @Test
    void toString_doesNotContainThePassword() {
        assertThat(new TlsFiles.Pkcs12(elliptic, "secret").toString()).doesNotContain("secret");
    }
}
