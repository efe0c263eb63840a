package org.pocx.aggregator.simulator.node;

import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.time.Sleeper;

/** Sets a {@link ChainServer} up. For one thread. */
public final class ChainServerBuilder {
    private final SimulatedChain chain;
    private Dialect dialect = Dialect.NODE;
    private ServerAuth auth = new ServerAuth.Open();
    private String path = "/";
    private int port;
    private @Nullable String contentType;
    private Sleeper sleeper = Sleeper.real();
    private InstantSource clock = WallClock.system();

    ChainServerBuilder(SimulatedChain chain) {
        this.chain = chain;
    }

    /**
     * Whose error codes it speaks; a node's unless told otherwise. A node also does only so much at once.
     *
     * @param value a node or a pool of some kind
     * @return this
     */
    public ChainServerBuilder dialect(Dialect value) {
        dialect = Objects.requireNonNull(value, "dialect");
        return this;
    }

    /**
     * Whom it answers; everybody unless told otherwise.
     *
     * @param value who gets answers other than 401
     * @return this
     */
    public ChainServerBuilder auth(ServerAuth value) {
        auth = Objects.requireNonNull(value, "auth");
        return this;
    }

    /**
     * The one path that it answers, such as {@code /pocx}; {@code /} unless told otherwise.
     *
     * @param value begins with a slash
     * @return this
     * @throws IllegalArgumentException when it does not
     */
    public ChainServerBuilder path(String value) {
        if (!Objects.requireNonNull(value, "path").startsWith("/")) {
            throw new IllegalArgumentException("path must begin with a slash, not " + value);
        }
        path = value;
        return this;
    }

    /**
     * The port, 1 to 65,535; 0, a free one, unless told otherwise.
     *
     * @param value 0 to 65,535
     * @return this
     * @throws IllegalArgumentException when it is out of this range
     */
    public ChainServerBuilder port(int value) {
        if (value < 0 || value > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65,535, not " + value);
        }
        port = value;
        return this;
    }

    /**
     * The Content-Type of its answers; text/plain for the field's test chain, else application/json.
     *
     * @param value sent as it is, with every answer of JSON-RPC
     * @return this
     */
    public ChainServerBuilder contentType(String value) {
        contentType = Objects.requireNonNull(value, "contentType");
        return this;
    }

    /**
     * How it waits before a late answer.
     *
     * @param value pauses the thread of the request
     * @return this
     */
    public ChainServerBuilder sleeper(Sleeper value) {
        sleeper = Objects.requireNonNull(value, "sleeper");
        return this;
    }

    /**
     * What requests are dated by.
     *
     * @param value the wall clock
     * @return this
     */
    public ChainServerBuilder clock(InstantSource value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /**
     * Starts the server.
     *
     * @return a server that listens
     */
    public ChainServer start() {
        ChainServer server = new ChainServer(this, chain);
        server.start();
        return server;
    }

    Dialect dialect() {
        return dialect;
    }

    ServerAuth auth() {
        return auth;
    }

    String path() {
        return path;
    }

    int port() {
        return port;
    }

    String contentType() {
        if (contentType != null) {
            return contentType;
        }
        return switch (dialect) {
            case TEST_CHAIN -> "text/plain";
            case NODE, POOL -> "application/json";
        };
    }

    Sleeper sleeper() {
        return sleeper;
    }

    InstantSource clock() {
        return clock;
    }
}
