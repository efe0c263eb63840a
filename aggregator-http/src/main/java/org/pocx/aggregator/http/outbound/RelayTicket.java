package org.pocx.aggregator.http.outbound;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets one request of this process into a {@link RelayServer}, and takes back why there was no connection. Thread-safe.
 */
final class RelayTicket {
    private final String secret;
    private volatile @Nullable DialFailure failure;

    /** @param secret the value of Proxy-Authorization; its scheme is not one that {@code java.net.http} disables */
    RelayTicket(String secret) {
        this.secret = secret;
    }

    String secret() {
        return secret;
    }

    void fail(DialFailure why) {
        failure = why;
    }

    Optional<DialFailure> failure() {
        return Optional.ofNullable(failure);
    }
}
