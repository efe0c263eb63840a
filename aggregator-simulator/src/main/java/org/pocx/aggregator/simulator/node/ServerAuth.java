package org.pocx.aggregator.simulator.node;

import java.nio.file.Path;

/** Whom a {@link ChainServer} answers. */
public sealed interface ServerAuth {

    /** Everybody. */
    record Open() implements ServerAuth {}

    /**
     * Who knows user and password (HTTP Basic).
     *
     * @param user without a colon
     * @param password any text
     */
    record Basic(String user, String password) implements ServerAuth {}

    /**
     * Who can read a cookie file, {@code __cookie__:<hex>}: written with another secret at each start, deleted at each
     * stop, as a node does.
     *
     * @param file where to write it; its folder is there
     */
    record Cookie(Path file) implements ServerAuth {}

    /**
     * Who knows a token (HTTP Bearer).
     *
     * @param token compared as it is; not empty
     */
    record Bearer(String token) implements ServerAuth {}
}
