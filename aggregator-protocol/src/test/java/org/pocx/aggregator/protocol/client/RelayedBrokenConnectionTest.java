package org.pocx.aggregator.protocol.client;

import org.junit.jupiter.api.Timeout;

/** The same through the relay, which serves all upstreams that have a name. */
@Timeout(180)
class RelayedBrokenConnectionTest extends BrokenConnectionTest {
    @Override
    String host() {
        return "localhost";
    }
}
