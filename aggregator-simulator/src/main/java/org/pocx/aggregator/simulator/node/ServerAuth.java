package org.pocx.aggregator.simulator.node;

import java.nio.file.Path;

/** Whom a {@link ChainServer} answers. */
public sealed interface ServerAuth {

    /** Everybody. */
    record Open() implements ServerAuth {}

    /** Who knows user and password (HTTP Basic). */
    record Basic(String user, String password) implements ServerAuth {}

    /**
     * Who can read a cookie file, {@code __cookie__:<hex>}: written with another secret at each start, deleted at each
     * stop, as a node does.
     */
    record Cookie(Path file) implements ServerAuth {}

    /** Who knows a token (HTTP Bearer). */
    record Bearer(String token) implements ServerAuth {}
}
