package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.MiningService;
import org.pocx.aggregator.core.Readiness;
import org.pocx.aggregator.http.AdmissionControl;
import org.pocx.aggregator.http.routing.Router;

/**
 * The HTTP server for miners: {@code POST /} and {@code /pocx} for JSON-RPC, {@code GET /health}, {@code /ready},
 * {@code /api/info} and, if provided, {@code /stats}.
 *
 * <p>Thread-safe. Each request runs on its own thread. If a nonce can be neither stored nor judged, the connection is
 * closed without an answer, because the stock miner sends a nonce again only if it got no answer.
 */
public final class MinerServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MinerServer.class.getName());
    private static final int BACKLOG = 1024;
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final HttpServer engine;
    private final ExecutorService threads;
    private final InFlight inFlight;
    private final CurrentAccessRules rules;
    private final BodyMemory memory;
    private final VerdictWaits waits;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MinerServer(
            MinerServerSettings settings,
            MiningService service,
            Supplier<Readiness> readiness,
            @Nullable Supplier<byte[]> stats,
            LongSupplier nanoTime,
            RequestAuthenticator.Pause pause) {
        rules = new CurrentAccessRules(settings.rules());
        RateLimitedLog refusals = rateLimitedLog();
        engine = listen(settings, new MinerAdmission(rules, refusals, rateLimitedLog()));
        threads = RequestThreads.create();
        RateLimitedLog faults = new RateLimitedLog(LOG, System::nanoTime);
        RequestAuthenticator authenticator = new RequestAuthenticator(rules::auth, nanoTime, pause, rateLimitedLog());
        TokenBuckets rate = new TokenBuckets(() -> rules.get().submissionsPerSecond(), nanoTime);
        MachineNames names = new MachineNames(nanoTime, rateLimitedLog());
        RpcHandler handler =
                new RpcHandler(service, threads, faults, new SubmissionRateLimiter(rate, rateLimitedLog()));
        memory = new BodyMemory(
                Runtime.getRuntime().maxMemory(), () -> rules.get().maxBodyBytes(), rateLimitedLog());
        waits = new VerdictWaits(() -> rules.get().maxConnections(), rateLimitedLog());
        Router router = routes(
                settings,
                new RpcEndpoint(authenticator, rules, names, handler, memory, waits, nanoTime),
                readiness);
        if (stats != null) {
            router.get("/stats", new AuthenticatedPage(authenticator, rules, stats));
        }
        inFlight = new InFlight();
        engine.createContext("/", new RootHandler(inFlight, faults, new NetworkGuard(rules, refusals, router)));
        engine.setExecutor(threads);
        engine.start();
        reportShortage();
    }

    /**
     * Starts a server that runs until {@link #close()}.
     *
     * @param settings where to listen, and who may do what to begin with
     * @param service answers the miners
     * @param readiness asked for each {@code /ready}
     * @return a server that answers already, without {@code /stats}; closing it is the caller's
     * @throws ListenException when the address cannot be listened on
     */
    public static MinerServer start(
            MinerServerSettings settings, MiningService service, Supplier<Readiness> readiness) {
        return checked(settings, service, readiness, null);
    }

    /**
     * Listens, and serves until {@link #close()}.
     *
     * @param settings where to listen, and who may do what to begin with
     * @param service answers the miners
     * @param readiness asked for each {@code /ready}
     * @param stats asked for each {@code /stats}: its JSON
     * @return a server that answers already; closing it is the caller's
     * @throws ListenException when the address cannot be listened on
     */
    public static MinerServer start(
            MinerServerSettings settings,
            MiningService service,
            Supplier<Readiness> readiness,
            Supplier<byte[]> stats) {
        return checked(settings, service, readiness, Objects.requireNonNull(stats, "stats"));
    }

    private static MinerServer checked(
            MinerServerSettings settings,
            MiningService service,
            Supplier<Readiness> readiness,
            @Nullable Supplier<byte[]> stats) {
        return start(
                Objects.requireNonNull(settings, "settings"),
                Objects.requireNonNull(service, "service"),
                Objects.requireNonNull(readiness, "readiness"),
                stats,
                System::nanoTime,
                RequestAuthenticator.realPause());
    }

    /** Starts a server with a given clock for rates and login delays, and a given way to delay a thread. */
    static MinerServer start(
            MinerServerSettings settings,
            MiningService service,
            Supplier<Readiness> readiness,
            @Nullable Supplier<byte[]> stats,
            LongSupplier nanoTime,
            RequestAuthenticator.Pause pause) {
        return new MinerServer(settings, service, readiness, stats, nanoTime, pause);
    }

    private static Router routes(MinerServerSettings settings, RpcEndpoint rpc, Supplier<Readiness> readiness) {
        StatusEndpoints pages = new StatusEndpoints(settings, readiness);
        Router router = new Router(new MinerFallback());
        router.post("/", rpc);
        router.post("/pocx", rpc);
        router.get("/health", pages::health);
        router.get("/ready", pages::ready);
        router.get("/api/info", pages::info);
        return router;
    }

    private static RateLimitedLog rateLimitedLog() {
        return new RateLimitedLog(LOG, System::nanoTime);
    }

    private static HttpServer listen(MinerServerSettings settings, AdmissionControl admission) {
        InetSocketAddress address = settings.address();
        try {
            return HttpServers.open(address, BACKLOG, admission, settings.tls());
        } catch (IOException failed) {
            throw new ListenException("cannot listen on " + address.getHostString() + ":" + address.getPort() + ": "
                    + reason(address, failed), failed);
        }
    }

    /** Does not use the operating system's message for a port in use, because it is localised. */
    private static String reason(InetSocketAddress address, IOException failed) {
        if (!(failed instanceof BindException) || !isOfThisMachine(address)) {
            return failed.getMessage() + "; choose an address of this machine as server.listen_address";
        }
        String orRights = address.getPort() < 1024 ? ", or below 1024, which needs more rights" : "";
        return "the port is in use" + orRights
                + "; stop the program that holds it, or choose another server.listen_address";
    }

    private static boolean isOfThisMachine(InetSocketAddress address) {
        try (ServerSocket anyPort = new ServerSocket(0, 1, address.getAddress())) {
            return anyPort.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Replaces the access rules, from the next connection and request on. Open connections stay open, but requests from
     * addresses that are no longer allowed are dropped.
     *
     * @param changed the new rules, which take effect as a whole
     */
    public void update(AccessRules changed) {
        rules.set(Objects.requireNonNull(changed, "changed"));
        reportShortage();
    }

    private void reportShortage() {
        memory.shortage().ifPresent(words -> LOG.log(Logger.Level.WARNING, words));
    }

    /** {@return the address that the server listens on, with the actual port} */
    public InetSocketAddress address() {
        return engine.getAddress();
    }

    /** {@return how many requests wait for the verdict on a nonce now} */
    public int waitingRequests() {
        return waits.waiting();
    }

    /** {@return how many requests that waited for a verdict, or wanted to, were answered as held} */
    public long heldAnswers() {
        return waits.held();
    }

    /** The memory that is left for large bodies; used by tests. */
    long bodyMemoryLeft() {
        return memory.left();
    }

    /**
     * Answers the requests that wait for a verdict, drops new requests without an answer, waits up to 5 s for running requests,
     * then closes all connections. Idempotent.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            waits.close();
            inFlight.drain(DRAIN);
            // The engine's own delay waits for dropped exchanges, too, and on JDK 21 always takes its full length.
            engine.stop(0);
            threads.shutdownNow();
        }
    }
}
