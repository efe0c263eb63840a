package org.pocx.aggregator.protocol.client;

import java.nio.file.Path;
import java.util.Objects;

/** What to show to the upstream. No secret is part of {@code toString}. */
public sealed interface Credentials {

    /** Nothing. */
    record None() implements Credentials {}

    /**
     * A token, sent as {@code Authorization: Bearer}.
     *
     * @param token printable ASCII without blanks
     */
    record Bearer(String token) implements Credentials {
        /**
         * Takes a token that a header can carry.
         *
         * @throws IllegalArgumentException when a header could not carry the token; does not repeat it
         */
        public Bearer {
            Objects.requireNonNull(token, "token");
            if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("the token must be printable ASCII without blanks");
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
     * @param password any text, or none
     */
    record Basic(String username, String password) implements Credentials {
        /**
         * Takes a pair that one header can carry.
         *
         * @throws IllegalArgumentException when the user name holds a colon, which would end it
         */
        public Basic {
            Objects.requireNonNull(username, "username");
            Objects.requireNonNull(password, "password");
            if (username.indexOf(':') >= 0) {
                throw new IllegalArgumentException("the user name must not hold a colon");
            }
        }

        @Override
        public String toString() {
            return "Basic[username=" + username + ", password=***]";
        }
    }

    /**
     * The cookie file of a node: one line {@code user:password}, sent as HTTP Basic. The node rewrites it at each start
     * and deletes it when it stops, so it is read for each request, and need not be there yet.
     *
     * @param path its file, of which 4 KiB are read at most
     */
    record CookieFile(Path path) implements Credentials {
        /**
         * Takes the path of a file that need not be there yet.
         *
         * @throws NullPointerException when a value is null
         */
        public CookieFile {
            Objects.requireNonNull(path, "path");
        }
    }
}
