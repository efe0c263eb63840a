package org.pocx.aggregator.cli.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RpcBody;
import org.pocx.aggregator.protocol.jsonrpc.RpcCall;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;

/**
 * An upstream that believes every claim, changes its mood when it is told to, and enters in the ledger what arrives.
 *
 * <p>Moods and rounds are changed by one thread; requests come on many.
 */
final class MoodyUpstream implements AutoCloseable {
    private static final long MAX_DELAY_NANOS = 200_000_000;

    /** How it treats what arrives. */
    enum Mood {
        GOOD,
        /** Some nonces are turned away as busy, some lose their connection, some get their verdict late. */
        FITFUL,
        /** Answers polls, and takes nonces without a word. */
        SILENT_ON_NONCES,
        /** Takes requests and does not answer, polls included. */
        HANGING,
        /** Nobody listens. */
        AWAY
    }

    private final NonceLedger ledger;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile MiningInfo info = Nonces.round(0);
    private volatile Mood mood = Mood.GOOD;
    private volatile CompletableFuture<Void> moodChange = new CompletableFuture<>();
    private HttpServer server;
    private int port;
    private int round;

    static {
        // Without it each answer on a connection that is kept waits 40 ms for the peer's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    MoodyUpstream(NonceLedger ledger) throws IOException {
        this.ledger = ledger;
        nextRound();
        listen();
    }

    private void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
        port = server.getAddress().getPort();
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    void mood(Mood now) throws IOException {
        if (now == mood) {
            return;
        }
        boolean wasAway = mood == Mood.AWAY;
        mood = now;
        moodChange.complete(null);
        moodChange = new CompletableFuture<>();
        if (now == Mood.AWAY) {
            server.stop(0);
        } else if (wasAway) {
            listen();
        }
    }

    MiningInfo info() {
        return info;
    }

    void nextRound() {
        MiningInfo next = Nonces.round(++round);
        ledger.open(next.blockHash());
        info = next;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (RpcRequests.parse(exchange.getRequestBody().readAllBytes()) instanceof RpcBody.Single single
                    && single.call() instanceof RpcCall.Request request) {
                byte[] answer = request.method().equals(MiningCodec.SUBMIT_NONCE)
                        ? judge(request.id(), MiningCodec.decodeSubmission(request.params().orElse(null)))
                        : poll(request.id());
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        }
    }

    private byte[] poll(RpcId id) throws IOException {
        if (mood == Mood.HANGING) {
            hang();
        }
        return RpcResponses.result(id, MiningCodec.encode(info));
    }

    private byte[] judge(RpcId id, NonceSubmission nonce) throws IOException {
        return switch (mood) {
            case GOOD -> verdict(id, nonce);
            case FITFUL -> fit(id, nonce);
            case SILENT_ON_NONCES, HANGING -> {
                ledger.arrived(nonce, false);
                hang();
                throw new IOException("no answer");
            }
            case AWAY -> throw new IOException("gone");
        };
    }

    private byte[] verdict(RpcId id, NonceSubmission nonce) {
        return ledger.arrived(nonce, true)
                ? RpcResponses.result(id, MiningCodec.encode(new SubmissionReceipt(nonce.rawQuality(), 1)))
                : RpcResponses.error(id, new RpcError(-26, "Block hash mismatch"));
    }

    private byte[] fit(RpcId id, NonceSubmission nonce) throws IOException {
        int dice = ThreadLocalRandom.current().nextInt(10);
        if (dice < 3) {
            ledger.arrived(nonce, false);
            return RpcResponses.error(id, new RpcError(-32006, "busy"));
        }
        if (dice < 5) {
            ledger.arrived(nonce, false);
            throw new IOException("no answer");
        }
        if (dice < 8) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_DELAY_NANOS));
        }
        return verdict(id, nonce);
    }

    /** Returns by an exception, when the mood changes. */
    private void hang() throws IOException {
        moodChange.join();
        throw new IOException("no answer");
    }

    @Override
    public void close() {
        moodChange.complete(null);
        server.stop(0);
        threads.shutdownNow();
    }
}
