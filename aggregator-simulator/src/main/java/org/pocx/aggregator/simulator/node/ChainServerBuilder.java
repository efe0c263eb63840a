package org.pocx.aggregator.simulator.node;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.time.Sleeper;

/** Configures and starts a {@link ChainServer}. Not thread-safe. */
public final class ChainServerBuilder {
    private final SimulatedChain chain;
    private Dialect dialect = Dialect.NODE;
    private String authorization = "";
    private Optional<Path> cookieFile = Optional.empty();
    private int port;
    private Sleeper sleeper = Sleeper.real();

    ChainServerBuilder(SimulatedChain chain) {
        this.chain = chain;
    }

    /**
     * Sets the error codes. The default is {@link Dialect#NODE}.
     *
     * @param value a node or a pool
     * @return this
     */
    public ChainServerBuilder dialect(Dialect value) {
        dialect = Objects.requireNonNull(value, "dialect");
        return this;
    }

    /**
     * Sets the required Authorization header. By default, every request is authorized.
     *
     * @param value such as {@code Bearer …} or {@code Basic …}; other requests are answered with 401
     * @return this
     */
    public ChainServerBuilder authorization(String value) {
        authorization = Objects.requireNonNull(value, "authorization");
        return this;
    }

    /**
     * Requires the content of a cookie file. As a node does, the server writes the file with a new secret at each start,
     * and deletes it at each stop.
     *
     * @param value the file, in an existing folder
     * @return this
     */
    public ChainServerBuilder cookieFile(Path value) {
        cookieFile = Optional.of(Objects.requireNonNull(value, "cookieFile"));
        return this;
    }

    /**
     * Sets the port. The default is 0, a free port.
     *
     * @param value 0 to 65,535
     * @return this
     * @throws IllegalArgumentException when the value is out of range
     */
    public ChainServerBuilder port(int value) {
        if (value < 0 || value > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65,535, not " + value);
        }
        port = value;
        return this;
    }

    /**
     * Sets how the server waits before a delayed answer.
     *
     * @param value pauses the thread of the request
     * @return this
     */
    public ChainServerBuilder sleeper(Sleeper value) {
        sleeper = Objects.requireNonNull(value, "sleeper");
        return this;
    }

    /**
     * Starts the server.
     *
     * @return the started server
     * @throws java.io.UncheckedIOException when the port is in use or the cookie file cannot be written
     */
    public ChainServer start() {
        NodeAuthenticator authenticator = new NodeAuthenticator(authorization, cookieFile);
        FaultInjector faults = new FaultInjector();
        NodeEndpoint endpoint = new NodeEndpoint(
                authenticator,
                new NodeMethods(chain, dialect),
                faults,
                sleeper);
        ChainServer server = new ChainServer(port, endpoint, authenticator, faults);
        server.start();
        return server;
    }
}
