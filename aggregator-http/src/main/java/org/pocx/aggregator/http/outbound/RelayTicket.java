package org.pocx.aggregator.http.outbound;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets one request of this process into a {@link RelayServer}, and takes back why there was no connection. Thread-safe.
 */
final class RelayTicket {
    private final String secret;
    private final AtomicReference<Optional<DialFailure>> failure = new AtomicReference<>(Optional.empty());

    /** @param secret the value of Proxy-Authorization; its scheme is not one that {@code java.net.http} disables */
    RelayTicket(String secret) {
        this.secret = secret;
    }

    String secret() {
        return secret;
    }

    void fail(DialFailure why) {
        failure.set(Optional.of(why));
    }

    Optional<DialFailure> failure() {
        return failure.get();
    }
}
