package org.pocx.aggregator.protocol.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The files that contain a server's certificate and private key. */
public sealed interface TlsFiles {

    /** {@return all files that are read} */
    List<Path> paths();

    /**
     * PEM files, the form that most authorities provide.
     *
     * @param certificates the server's certificate first, then those of the intermediate authorities
     * @param key PKCS#8, RSA or elliptic curve, not encrypted; may be the same file
     */
    record Pem(Path certificates, Path key) implements TlsFiles {
        /**
         * Checks the paths.
         *
         * @throws NullPointerException when a path is null
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
     * @param file a PKCS#12 key store with the key and its certificate chain
     * @param password of the store and the key; never part of {@link #toString()}
     */
    record Pkcs12(Path file, String password) implements TlsFiles {
        /**
         * Checks the values.
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
