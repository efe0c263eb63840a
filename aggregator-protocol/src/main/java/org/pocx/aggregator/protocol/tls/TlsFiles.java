package org.pocx.aggregator.protocol.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Where a server's certificate and its private key are. */
public sealed interface TlsFiles {

    /** {@return all files that it reads} */
    List<Path> paths();

    /**
     * PEM, as most authorities hand it out.
     *
     * @param certificates the server's own first, then those between it and the authority
     * @param key PKCS#8, RSA or elliptic curves, not encrypted; may be the same file
     */
    record Pem(Path certificates, Path key) implements TlsFiles {
        /**
         * Takes two paths.
         *
         * @throws NullPointerException when a value is null
         */
        public Pem {
            Objects.requireNonNull(certificates, "certificates");
            Objects.requireNonNull(key, "key");
        }

        @Override
        public List<Path> paths() {
            return List.of(certificates, key);
        }
    }

    /**
     * A PKCS#12 key store with one key.
     *
     * @param file a key store in PKCS#12, with the chain of its certificate
     * @param password of the store and the key; never part of {@link #toString()}
     */
    record Pkcs12(Path file, String password) implements TlsFiles {
        /**
         * Takes a path and its password.
         *
         * @throws NullPointerException when a value is null
         */
        public Pkcs12 {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public List<Path> paths() {
            return List.of(file);
        }

        @Override
        public String toString() {
            return "Pkcs12[file=" + file + ", password=***]";
        }
    }
}
