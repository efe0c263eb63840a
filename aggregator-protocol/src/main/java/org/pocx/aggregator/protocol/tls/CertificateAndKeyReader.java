package org.pocx.aggregator.protocol.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@link TlsFiles}. Its error messages name the file, the cause and, if known, what to do. */
final class CertificateAndKeyReader {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private CertificateAndKeyReader() {}

    static CertificateAndKey read(TlsFiles files) throws TlsException {
        CertificateAndKey result = switch (files) {
            case TlsFiles.Pem(Path certificates, Path key) ->
                new CertificateAndKey(privateKey(key), certificates(certificates));
            case TlsFiles.Pkcs12(Path file, String password) -> fromKeyStore(file, password);
        };
        try {
            if (result.keyMatches()) {
                return result;
            }
        } catch (GeneralSecurityException unusable) {
            throw new TlsException(
                    "the key in " + keyFile(files) + " cannot be used: " + unusable.getMessage(), unusable);
        }
        throw new TlsException("the key in " + keyFile(files) + " does not match the certificate");
    }

    private static Path keyFile(TlsFiles files) {
        return switch (files) {
            case TlsFiles.Pem pem -> pem.key();
            case TlsFiles.Pkcs12 keyStore -> keyStore.file();
        };
    }

    private static List<X509Certificate> certificates(Path file) throws TlsException {
        byte[] bytes = bytes(file);
        List<X509Certificate> chain = new ArrayList<>();
        Matcher block = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            while (block.find()) {
                if (block.group(1).equals("CERTIFICATE")) {
                    InputStream der = new ByteArrayInputStream(Base64.getMimeDecoder().decode(block.group(2)));
                    chain.add((X509Certificate) factory.generateCertificate(der));
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new TlsException(file + " contains an invalid certificate", malformed);
        }
        if (chain.isEmpty()) {
            throw new TlsException(file + " contains no certificate (PEM, \"-----BEGIN CERTIFICATE-----\")");
        }
        return chain;
    }

    private static PrivateKey privateKey(Path file) throws TlsException {
        Matcher block = BLOCK.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
        while (block.find()) {
            String label = block.group(1);
            if (label.equals("PRIVATE KEY")) {
                return pkcs8(file, block.group(2));
            }
            if (label.endsWith("PRIVATE KEY")) {
                throw new TlsException(file + " contains an " + label + ": only PKCS#8 without a password is supported."
                        + " Convert it with \"openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW\"");
            }
        }
        throw new TlsException(file + " contains no private key (PEM, \"-----BEGIN PRIVATE KEY-----\")");
    }

    private static PrivateKey pkcs8(Path file, String base64) throws TlsException {
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw new TlsException(file + " contains an invalid private key", malformed);
        }
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> key = key(algorithm, der);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new TlsException(file + " contains an invalid private key: it is neither RSA nor elliptic curve");
    }

    private static Optional<PrivateKey> key(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (InvalidKeySpecException otherAlgorithm) {
            return Optional.empty();
        } catch (GeneralSecurityException unknown) {
            throw new IllegalStateException(unknown); // every JDK has these algorithms
        }
    }

    private static CertificateAndKey fromKeyStore(Path file, String password) throws TlsException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes(file)), password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                @Nullable Certificate[] chain = store.getCertificateChain(alias);
                if (chain != null && store.getKey(alias, password.toCharArray()) instanceof PrivateKey key) {
                    return new CertificateAndKey(key, x509(chain));
                }
            }
        } catch (IOException malformed) {
            boolean wrongPassword = malformed.getCause() instanceof UnrecoverableKeyException;
            throw new TlsException(
                    wrongPassword ? "the password for " + file + " is wrong" : file + " is not a PKCS#12 key store",
                    malformed);
        } catch (GeneralSecurityException unusable) {
            throw new TlsException(file + " cannot be used: " + unusable.getMessage(), unusable);
        }
        throw new TlsException(file + " contains no private key with a certificate");
    }

    private static List<X509Certificate> x509(@Nullable Certificate[] chain) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate : chain) {
            if (certificate instanceof X509Certificate x509) {
                certificates.add(x509);
            }
        }
        return certificates;
    }

    private static byte[] bytes(Path file) throws TlsException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TlsException(file + " is larger than 1 MiB: it is not a certificate or key");
            }
            return bytes;
        } catch (NoSuchFileException missing) {
            throw new TlsException(file + " does not exist", missing);
        } catch (AccessDeniedException denied) {
            throw new TlsException(file + " cannot be read: allow this program's user to read it", denied);
        } catch (IOException unreadable) {
            throw new TlsException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
