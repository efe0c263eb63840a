package org.pocx.aggregator.protocol.server;

import java.util.Objects;

/**
 * A user name and a password.
 *
 * @param username not empty, without a colon, which HTTP Basic cannot transmit
 * @param password not empty; never part of {@link #toString()}
 */
public record BasicCredentials(String username, String password) {
    /**
     * Checks that HTTP Basic can transmit both.
     *
     * @throws IllegalArgumentException if a value is not as described above; the message contains neither of them
     */
    public BasicCredentials {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        if (username.isEmpty() || username.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the user name must not be empty and must not contain a colon");
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException("the password must not be empty");
        }
    }

    @Override
    public String toString() {
        return "BasicCredentials[username=" + username + ", password=***]";
    }
}
