package org.pocx.aggregator.protocol;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.core.AggregatorBuilder;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.protocol.client.Credentials;
import org.pocx.aggregator.protocol.client.RpcUpstream;
import org.pocx.aggregator.protocol.client.RpcUpstreamSettings;
import org.pocx.aggregator.protocol.server.MinerServer;
import org.pocx.aggregator.protocol.server.MinerServerSettings;

/**
 * An aggregator with its port for miners and its connection to a pool or node.
 *
 * <pre>{@code
 * try (AggregatorServer server = AggregatorServer.builder()
 *         .listen(8080)
 *         .upstream(URI.create("http://pool.example:8080/"))
 *         .mode(SubmissionMode.POOL)
 *         .start()) {
 *     System.out.println("Point the miners at " + server.address());
 *     Thread.currentThread().join();
 * }
 * }</pre>
 *
 * <p>Thread-safe. For a port with access rules or TLS, or for other parts in between, connect {@link Aggregator}, {@link
 * RpcUpstream} and {@link MinerServer} directly: this class does nothing else.
 */
public final class AggregatorServer implements AutoCloseable {
    private final Aggregator aggregator;
    private final MinerServer miners;

    private AggregatorServer(Aggregator aggregator, MinerServer miners) {
        this.aggregator = aggregator;
        this.miners = miners;
    }

    /** {@return a builder} Only the upstream has no default. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the address that miners connect to, with the real port} */
    public InetSocketAddress address() {
        return miners.address();
    }

    /** {@return what answers the miners; closed together with the server} */
    public Aggregator aggregator() {
        return aggregator;
    }

    /** Lets running requests end within 5 s, then closes the port, the aggregator, its store and its upstream. Idempotent. */
    @Override
    public void close() {
        miners.close();
        aggregator.close();
    }

    /**
     * Collects the parts of an {@link AggregatorServer}. Each method checks its argument at once, and throws {@link
     * NullPointerException} for null. Starts one server. Not thread-safe.
     */
    public static final class Builder {
        private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
        private static final int MAX_PORT = 65_535;

        private final AggregatorBuilder parts = Aggregator.builder();
        private InetSocketAddress address = new InetSocketAddress(8080);
        private String name = "pocx-aggregator";
        private String version = "";
        private @Nullable Supplier<Upstream> upstream;
        private @Nullable Supplier<byte[]> stats;
        private boolean started;

        private Builder() {}

        /**
         * The port for miners, on all addresses of this machine. Default: 8080.
         *
         * @param port 0 to 65535; 0 takes a free one
         * @return this
         * @throws IllegalArgumentException when it is out of this range
         */
        public Builder listen(int port) {
            if (port < 0 || port > MAX_PORT) {
                throw new IllegalArgumentException("the port must be 0 to " + MAX_PORT + ", not " + port);
            }
            address = new InetSocketAddress(port);
            return this;
        }

        /**
         * The address and port for miners. Default: port 8080 on all addresses of this machine.
         *
         * @param where port 0 takes a free one
         * @return this
         */
        public Builder listen(InetSocketAddress where) {
            address = Objects.requireNonNull(where, "where");
            return this;
        }

        /**
         * The pool or node, without credentials.
         *
         * @param url http or https
         * @return this
         * @throws IllegalArgumentException when it cannot be the URL of an upstream; says why
         */
        public Builder upstream(URI url) {
            return upstream(url, new Credentials.None());
        }

        /**
         * The pool or node.
         *
         * @param url http or https, without user and password
         * @param credentials sent with each request
         * @return this
         * @throws IllegalArgumentException when it cannot be the URL of an upstream; says why
         */
        public Builder upstream(URI url, Credentials credentials) {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(credentials, "credentials");
            RpcUpstreamSettings settings = new RpcUpstreamSettings(url, credentials, REQUEST_TIMEOUT);
            upstream = () -> new RpcUpstream(settings);
            return this;
        }

        /**
         * The pool or node as a port of your own. The server closes it.
         *
         * @param port asked from several threads at once
         * @return this
         */
        public Builder upstream(Upstream port) {
            Objects.requireNonNull(port, "port");
            upstream = () -> port;
            return this;
        }

        /**
         * What the upstream is. Default: a pool.
         *
         * @param kind pool or wallet
         * @return this
         */
        public Builder mode(SubmissionMode kind) {
            parts.mode(kind);
            return this;
        }

        /**
         * What must survive the end of the process is kept there. Default: nothing survives it. The server closes it.
         *
         * @param port open already, and of this server alone
         * @return this
         */
        public Builder store(SubmissionStore port) {
            parts.store(port);
            return this;
        }

        /**
         * Adds a listener, such as the statistics of the module {@code aggregator-statistics}.
         *
         * @param listener receives events after those that were added before; must not block
         * @return this
         */
        public Builder listener(AggregatorListener listener) {
            parts.listener(listener);
            return this;
        }

        /**
         * Serves {@code GET /stats} at the port for miners. Default: 404.
         *
         * @param json asked for the body of each response
         * @return this
         */
        public Builder stats(Supplier<byte[]> json) {
            stats = Objects.requireNonNull(json, "json");
            return this;
        }

        /**
         * The name of the program, for {@code GET /api/info}. Default: {@code pocx-aggregator}.
         *
         * @param text any text
         * @return this
         */
        public Builder name(String text) {
            name = Objects.requireNonNull(text, "name");
            return this;
        }

        /**
         * The version of the program, for {@code GET /api/info}. Default: the empty string.
         *
         * @param text any text
         * @return this
         */
        public Builder version(String text) {
            version = Objects.requireNonNull(text, "version");
            return this;
        }

        /**
         * Everything else about the aggregator: filter, block time, retries and so on.
         *
         * @param settings called at once with the builder of the aggregator; must not build it, nor set its upstream
         * @return this
         */
        public Builder aggregator(Consumer<AggregatorBuilder> settings) {
            Objects.requireNonNull(settings, "settings").accept(parts);
            return this;
        }

        /**
         * Loads the store, begins to poll the upstream, and listens. Returns without waiting for the upstream. When it throws,
         * all parts are closed.
         *
         * @return a server that answers already; the caller closes it
         * @throws IllegalStateException when no upstream was given, when the store belongs to another aggregator, or when this
         *     builder was started before
         * @throws org.pocx.aggregator.core.store.StoreException when the store cannot be read
         * @throws org.pocx.aggregator.protocol.server.ListenException when the address cannot be listened on
         */
        public AggregatorServer start() {
            if (upstream == null) {
                throw new IllegalStateException("cannot start a server without an upstream. Call upstream(…) before");
            }
            if (started) {
                throw new IllegalStateException(
                        "this builder has started a server. Use another builder for each server");
            }
            started = true;
            Aggregator aggregator = aggregator(upstream.get());
            try {
                aggregator.start();
                return new AggregatorServer(aggregator, listen(aggregator));
            } catch (RuntimeException e) {
                aggregator.close();
                throw e;
            }
        }

        private Aggregator aggregator(Upstream port) {
            try {
                return parts.upstream(port).build();
            } catch (RuntimeException e) {
                port.close();
                throw e;
            }
        }

        private MinerServer listen(Aggregator aggregator) {
            MinerServerSettings settings = new MinerServerSettings(address, name, version);
            return stats == null
                    ? MinerServer.start(settings, aggregator, aggregator::readiness)
                    : MinerServer.start(settings, aggregator, aggregator::readiness, stats);
        }
    }
}
