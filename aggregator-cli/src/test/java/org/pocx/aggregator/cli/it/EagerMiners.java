package org.pocx.aggregator.cli.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponse;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;
import org.pocx.aggregator.simulator.http.HttpMessage;
import org.pocx.aggregator.simulator.http.KeepAliveClient;

/**
 * Machines that send nonces without pause, two of three better than all of their account before. A receipt enters the
 * ledger when the whole of the answer has been read. When no answer comes, half of the machines send again, as the stock
 * miner does; the others never do, so that nobody but the aggregator can bring a nonce of theirs upstream.
 *
 * <p>Each machine has a thread.
 */
final class EagerMiners implements AutoCloseable {
    private static final int ACCOUNTS = 24;
    private static final long FIRST_QUALITY = 1L << 60;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PAUSE_AFTER_FAILURE_NANOS = 20_000_000;
    private static final int TRIES = 50;

    private final NonceLedger ledger;
    private final Supplier<MiningInfo> round;
    private final URI target;
    private final AtomicLong nonces = new AtomicLong();
    private final AtomicLong best = new AtomicLong(FIRST_QUALITY);
    private final List<Thread> threads = new ArrayList<>();
    private final List<KeepAliveClient> clients = new ArrayList<>();
    private final AtomicInteger asking = new AtomicInteger();
    private volatile boolean paused;
    private volatile boolean running = true;

    EagerMiners(NonceLedger ledger, Supplier<MiningInfo> round, int port, int machines, long seed)
            throws IOException {
        this.ledger = ledger;
        this.round = round;
        this.target = URI.create("http://127.0.0.1:" + port + "/");
        for (int i = 1; i <= machines; i++) {
            start(i, new SplittableRandom(seed + i));
        }
    }

    private void start(int machine, SplittableRandom random) throws IOException {
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 4, (byte) machine});
        KeepAliveClient client = new KeepAliveClient(address, target, PATIENCE, "PoCX-Miner/1.0.0");
        clients.add(client);
        threads.add(Thread.ofPlatform().name("eager-miner-" + machine).start(() -> {
            while (running) {
                mine(client, random, machine % 2 == 0 ? TRIES : 1);
            }
        }));
    }

    private void mine(KeepAliveClient client, SplittableRandom random, int tries) {
        NonceSubmission nonce = Nonces.nonce(
                round.get(), random.nextInt(ACCOUNTS), nonces.incrementAndGet(), claim(random));
        for (int i = 0; i < tries && running; i++) {
            if (submitUnlessPaused(client, nonce)) {
                return;
            }
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
        }
    }

    private boolean submitUnlessPaused(KeepAliveClient client, NonceSubmission nonce) {
        asking.incrementAndGet();
        try {
            return !paused && submit(client, nonce);
        } finally {
            asking.decrementAndGet();
        }
    }

    /** Returns when no machine waits for an answer: from then on there are no more receipts. */
    void pause() {
        paused = true;
        Await.until("every machine has its answer, or knows that there is none", () -> asking.get() == 0);
    }

    void resume() {
        paused = false;
    }

    private long claim(SplittableRandom random) {
        long improved = best.addAndGet(-1 - random.nextInt(1_000_000));
        return random.nextInt(3) == 0 ? improved + random.nextInt(100_000_000) : improved;
    }

    /** Returns whether an answer came. */
    private boolean submit(KeepAliveClient client, NonceSubmission nonce) {
        ledger.submitted();
        try {
            HttpMessage answer =
                    client.post(Map.of(), RpcRequests.submitNonce(RpcId.of(nonce.nonce()), nonce));
            if (answer.word(1).equals("200")
                    && RpcResponses.parse(answer.body()) instanceof RpcResponse.Result result
                    && MiningCodec.decodeReceipt(result.result(), -1).rawQuality() == nonce.rawQuality()) {
                ledger.receipt(nonce);
            } else {
                ledger.refused(
                        answer.startLine() + " " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return true;
        } catch (IOException e) {
            ledger.unanswered();
            return false;
        }
    }

    /** Returns when every machine has stopped. */
    @Override
    public void close() {
        running = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
        clients.forEach(KeepAliveClient::close);
    }
}
