package org.pocx.aggregator.protocol.server;

import java.util.Objects;

/**
 * What a miner has to show.
 *
 * @param username without a colon, which HTTP Basic cannot carry; not empty
 * @param password not empty; never part of {@link #toString()}
 */
public record BasicCredentials(String username, String password) {
    /**
     * Takes a pair that HTTP Basic can carry.
     *
     * @throws IllegalArgumentException when a value is out of the form above; the message holds neither of them
     */
    public BasicCredentials {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        if (username.isEmpty() || username.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the user name must not be empty, nor hold a colon");
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
