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

/** Reads {@link TlsFiles}. Its messages name the file, and what to do where that is known. */
final class IdentityReader {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private IdentityReader() {}

    static Identity read(TlsFiles files) throws TlsException {
        Identity identity = switch (files) {
            case TlsFiles.Pem(Path certificates, Path key) -> new Identity(key(key), certificates(certificates));
            case TlsFiles.Pkcs12(Path file, String password) -> keyStore(file, password);
        };
        try {
            if (identity.fits()) {
                return identity;
            }
        } catch (GeneralSecurityException unfit) {
            throw new TlsException("the key in " + last(files) + " cannot be used: " + unfit.getMessage(), unfit);
        }
        throw new TlsException("the key in " + last(files) + " is not that of the certificate");
    }

    private static Path last(TlsFiles files) {
        return files.paths().get(files.paths().size() - 1);
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
            throw new TlsException(file + " holds a certificate that cannot be read", malformed);
        }
        if (chain.isEmpty()) {
            throw new TlsException(file + " holds no certificate (PEM, \"-----BEGIN CERTIFICATE-----\")");
        }
        return chain;
    }

    private static PrivateKey key(Path file) throws TlsException {
        Matcher block = BLOCK.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
        while (block.find()) {
            String label = block.group(1);
            if (label.equals("PRIVATE KEY")) {
                return pkcs8(file, block.group(2));
            }
            if (label.endsWith("PRIVATE KEY")) {
                throw new TlsException(file + " holds an " + label + ": only PKCS#8 without a password can be read."
                        + " \"openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW\" converts it");
            }
        }
        throw new TlsException(file + " holds no private key (PEM, \"-----BEGIN PRIVATE KEY-----\")");
    }

    private static PrivateKey pkcs8(Path file, String base64) throws TlsException {
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw new TlsException(file + " holds a private key that cannot be read", malformed);
        }
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> key = key(algorithm, der);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new TlsException(file + " holds a private key that cannot be read: neither RSA nor elliptic curves");
    }

    private static Optional<PrivateKey> key(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (InvalidKeySpecException another) {
            return Optional.empty();
        } catch (GeneralSecurityException unknown) {
            throw new IllegalStateException(unknown); // every JDK has these algorithms
        }
    }

    private static Identity keyStore(Path file, String password) throws TlsException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes(file)), password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                @Nullable Certificate[] chain = store.getCertificateChain(alias);
                if (chain != null && store.getKey(alias, password.toCharArray()) instanceof PrivateKey key) {
                    return new Identity(key, x509(chain));
                }
            }
        } catch (IOException malformed) {
            boolean locked = malformed.getCause() instanceof UnrecoverableKeyException;
            throw new TlsException(
                    locked ? "the password for " + file + " is wrong" : file + " is no PKCS#12 key store", malformed);
        } catch (GeneralSecurityException unusable) {
            throw new TlsException(file + " cannot be used: " + unusable.getMessage(), unusable);
        }
        throw new TlsException(file + " holds no private key with a certificate");
    }

    private static List<X509Certificate> x509(@Nullable Certificate[] chain) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate : chain) {
            if (certificate instanceof X509Certificate one) {
                certificates.add(one);
            }
        }
        return certificates;
    }

    private static byte[] bytes(Path file) throws TlsException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TlsException(file + " is larger than 1 MiB: no certificate or key");
            }
            return bytes;
        } catch (NoSuchFileException missing) {
            throw new TlsException("there is no file " + file, missing);
        } catch (AccessDeniedException denied) {
            throw new TlsException(file + " may not be read by this user", denied);
        } catch (IOException unreadable) {
            throw new TlsException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
