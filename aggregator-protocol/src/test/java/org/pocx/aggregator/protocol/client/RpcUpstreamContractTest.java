package org.pocx.aggregator.protocol.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.testkit.Threads;
import org.pocx.aggregator.core.testkit.UpstreamContract;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RpcBody;
import org.pocx.aggregator.protocol.jsonrpc.RpcCall;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;

/** The contract test over a socket, with a simple pool. */
class RpcUpstreamContractTest extends UpstreamContract {
    private static final long BAD = 666;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer pool;

    @AfterEach
    void closePool() {
        pool.stop(0);
        threads.shutdownNow();
    }

    @Override
    protected Upstream open(MiningInfo announced) throws IOException {
        if (pool == null) {
            pool = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            pool.createContext("/", exchange -> answer(exchange, announced));
            pool.setExecutor(threads);
            pool.start();
        }
        return upstream(pool.getAddress().getPort());
    }

    private static Upstream upstream(int port) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/");
        return new RpcUpstream(new RpcUpstreamSettings(uri, new Credentials.None(), Duration.ofSeconds(20)));
    }

    private static void answer(HttpExchange exchange, MiningInfo announced) throws IOException {
        try (exchange) {
            RpcBody body = RpcRequests.parse(exchange.getRequestBody().readAllBytes());
            RpcCall.Request request = (RpcCall.Request) ((RpcBody.Single) body).call();
            byte[] answer = request.method().equals(MiningCodec.GET_MINING_INFO)
                    ? RpcResponses.result(request.id(), MiningCodec.encode(announced))
                    : verdict(request, announced);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static byte[] verdict(RpcCall.Request request, MiningInfo announced) {
        NonceSubmission nonce = MiningCodec.decodeSubmission(request.params().orElse(null));
        if (!nonce.blockHash().equals(announced.blockHash())) {
            return RpcResponses.error(request.id(), new RpcError(-26, "Block hash mismatch"));
        }
        return nonce.rawQuality() == BAD
                ? RpcResponses.error(request.id(), new RpcError(-26, "PoCX validation failed: quality"))
                : RpcResponses.result(request.id(), MiningCodec.encode(new SubmissionReceipt(nonce.rawQuality(), 1)));
    }

    @Override
    protected NonceSubmission bad(MiningInfo announced) {
        return Nonces.nonce(announced, 1, 99, BAD);
    }

    @Override
    protected Upstream openWithNothingBehind() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return upstream(free.getLocalPort());
        }
    }

    @Override
    protected void awaitThreadsBut(Threads before) {
        closePool();
        super.awaitThreadsBut(before);
    }
}
