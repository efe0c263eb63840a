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
 * The HTTP server that miners talk to: {@code POST /} and {@code /pocx} for JSON-RPC, {@code GET /health}, {@code
 * /ready}, {@code /api/info} and, where given, {@code /stats}.
 *
 * <p>Thread-safe. Every request runs on a thread of its own. A nonce that can neither be taken nor judged is answered by
 * closing the connection, because the stock miner sends again only what got no answer.
 */
public final class MinerServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MinerServer.class.getName());
    private static final int BACKLOG = 1024;
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final HttpServer engine;
    private final ExecutorService threads;
    private final InFlight inFlight;
    private final LiveRules rules;
    private final BodyMemory memory;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MinerServer(
            MinerServerSettings settings,
            MiningService service,
            Supplier<Readiness> readiness,
            @Nullable Supplier<byte[]> stats,
            LongSupplier nanoTime,
            Doorman.Pause pause) {
        rules = new LiveRules(settings.rules());
        SeldomLog refusals = seldom();
        engine = listen(settings, new MinerAdmission(rules, refusals, seldom()));
        threads = RequestThreads.create();
        SeldomLog faults = new SeldomLog(LOG, System::nanoTime);
        Doorman doorman = new Doorman(rules::auth, nanoTime, pause, seldom());
        SubmissionRate rate = new SubmissionRate(() -> rules.get().submissionsPerSecond(), nanoTime);
        RpcHandler handler = new RpcHandler(service, threads, faults, new RateLimit(rate, seldom()));
        memory = new BodyMemory(
                Runtime.getRuntime().maxMemory(), () -> rules.get().maxBodyBytes(), seldom());
        Router router = routes(settings, new RpcEndpoint(doorman, rules, handler, memory), readiness);
        if (stats != null) {
            router.get("/stats", new GuardedPage(doorman, rules, stats));
        }
        inFlight = new InFlight();
        engine.createContext("/", new Gate(inFlight, faults, new NetworkGuard(rules, refusals, router)));
        engine.setExecutor(threads);
        engine.start();
        reportShortage();
    }

    /**
     * Listens, and serves until {@link #close()}.
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
                Doorman.realPause());
    }

    /** Does the same on the given clock, for the limits of who may ask, and with the given pause after wrong credentials. */
    static MinerServer start(
            MinerServerSettings settings,
            MiningService service,
            Supplier<Readiness> readiness,
            @Nullable Supplier<byte[]> stats,
            LongSupplier nanoTime,
            Doorman.Pause pause) {
        return new MinerServer(settings, service, readiness, stats, nanoTime, pause);
    }

    private static Router routes(MinerServerSettings settings, RpcEndpoint rpc, Supplier<Readiness> readiness) {
        Pages pages = new Pages(settings, readiness);
        Router router = new Router(new MinerFallback());
        router.post("/", rpc);
        router.post("/pocx", rpc);
        router.get("/health", pages::health);
        router.get("/ready", pages::ready);
        router.get("/api/info", pages::info);
        return router;
    }

    private static SeldomLog seldom() {
        return new SeldomLog(LOG, System::nanoTime);
    }

    private static HttpServer listen(MinerServerSettings settings, AdmissionControl door) {
        InetSocketAddress address = settings.address();
        try {
            return HttpServers.open(address, BACKLOG, door, settings.tls());
        } catch (IOException failed) {
            throw new ListenException("cannot listen on " + address.getHostString() + ":" + address.getPort() + ": "
                    + reason(address, failed), failed);
        }
    }

    /** Not by the system's words, which are in the user's language. */
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
     * From the next connection and request on other rules hold. Those that are open stay so, but for who is not
     * allowed.
     *
     * @param changed take effect as a whole; never mixed with those before
     */
    public void update(AccessRules changed) {
        rules.set(Objects.requireNonNull(changed, "changed"));
        reportShortage();
    }

    private void reportShortage() {
        memory.shortage().ifPresent(words -> LOG.log(Logger.Level.WARNING, words));
    }

    /** {@return where it listens, with the real port} */
    public InetSocketAddress address() {
        return engine.getAddress();
    }

    /**
     * Takes no further request (they are dropped without an answer), lets those that run end within 5 s, then closes
     * every connection. Idempotent.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            inFlight.drain(DRAIN);
            // The engine's own delay counts dropped exchanges as running for ever, and JDK 21 always waits all of it.
            engine.stop(0);
            threads.shutdownNow();
        }
    }
}
