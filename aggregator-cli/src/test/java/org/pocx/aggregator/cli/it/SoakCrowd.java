package org.pocx.aggregator.cli.it;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.simulator.chain.QualityFunction;
import org.pocx.aggregator.simulator.farm.MachineSettings;
import org.pocx.aggregator.simulator.farm.Plot;
import org.pocx.aggregator.simulator.http.KeepAliveClient;

/** Machines that pass by: each asks once, sends one good nonce, and is never seen again. */
final class SoakCrowd {
    private static final int AT_ONCE = 16;
    private static final int MAX_ATTEMPTS = 20;
    private static final long QUALITY = 1L << 40;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI target;
    private final MiningInfo round;

    SoakCrowd(URI target, MiningInfo round) {
        this.target = target;
        this.round = round;
    }

    /** Returns when all have passed. */
    void pass(List<MachineSettings> machines) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Integer>> passing = new ArrayList<>();
            for (MachineSettings machine : machines) {
                passing.add(threads.submit(() -> pass(machine.address(), machine.plots().getFirst())));
            }
            for (Future<Integer> one : passing) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("one of the crowd got no answer", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private int pass(InetAddress address, Plot plot) throws IOException {
        try (KeepAliveClient client = new KeepAliveClient(address, target, PATIENCE, "PoCX-Miner/1.0.0")) {
            client.post(Map.of(), RpcRequests.getMiningInfo(RpcId.of(1)));
            return submit(client, RpcRequests.submitNonce(RpcId.of(2), nonce(plot)));
        }
    }

    /** As the stock miner does: a connection that is closed without an answer, as on a busy disk, means to send it again. */
    private static int submit(KeepAliveClient client, byte[] request) throws IOException {
        for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                return client.post(Map.of(), request).body().length;
            } catch (EOFException e) {
                // Not taken: sent again.
            }
        }
        return client.post(Map.of(), request).body().length;
    }

    private NonceSubmission nonce(Plot plot) {
        QualityFunction qualities =
                QualityFunction.of(round.generationSignature(), plot.accountId(), plot.seed(), plot.compression());
        return plot.submission(round, qualities.nonceOf(QUALITY), QUALITY);
    }
}
