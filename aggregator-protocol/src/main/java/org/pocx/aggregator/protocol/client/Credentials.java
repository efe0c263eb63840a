package org.pocx.aggregator.protocol.client;

import java.nio.file.Path;
import java.util.Objects;

/** The credentials for an upstream. {@code toString} contains no secret. */
public sealed interface Credentials {

    /** No credentials. */
    record None() implements Credentials {}

    /**
     * A token, sent as {@code Authorization: Bearer}.
     *
     * @param token printable ASCII without spaces
     */
    record Bearer(String token) implements Credentials {
        /**
         * Checks that the token can be sent in a header.
         *
         * @throws IllegalArgumentException when it cannot; the message does not contain the token
         */
        public Bearer {
            Objects.requireNonNull(token, "token");
            if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("the token must be printable ASCII without spaces");
            }
        }

        @Override
        public String toString() {
            return "Bearer[token=***]";
        }
    }

    /**
     * A user and password, sent as HTTP Basic in UTF-8.
     *
     * @param username without a colon
     * @param password any text; may be empty
     */
    record Basic(String username, String password) implements Credentials {
        /**
         * Checks the user name.
         *
         * @throws IllegalArgumentException when the user name contains a colon, which HTTP Basic uses as separator
         */
        public Basic {
            Objects.requireNonNull(username, "username");
            Objects.requireNonNull(password, "password");
            if (username.indexOf(':') >= 0) {
                throw new IllegalArgumentException("the user name must not contain a colon");
            }
        }

        @Override
        public String toString() {
            return "Basic[username=" + username + ", password=***]";
        }
    }

    /**
     * The cookie file of a node: one line {@code user:password}, sent as HTTP Basic. The node rewrites it at each start
     * and deletes it when it stops. Therefore it is read for each request, and need not exist yet.
     *
     * @param path the file; at most 4 KiB of it are read
     */
    record CookieFile(Path path) implements Credentials {
        /**
         * Stores the path; the file need not exist yet.
         *
         * @throws NullPointerException when the path is null
         */
        public CookieFile {
            Objects.requireNonNull(path, "path");
        }
    }
}
