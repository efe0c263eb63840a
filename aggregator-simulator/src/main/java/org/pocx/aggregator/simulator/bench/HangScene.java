package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/** How long an improvement takes to the upstream while another account hangs there. */
final class HangScene implements Scene {
    private static final RowName FROM_RECEIPT =
            new RowName("receipt_to_upstream", "receipt to upstream, another hangs");
    private static final RowName FROM_SENDING =
            new RowName("nonce_to_upstream", "nonce to upstream, another hangs");
    private static final String NOTE = "0 where the upstream had it before the miner had the receipt";
    private static final int STUCK = 20_000;
    private static final int QUICK = 20_001;
    private static final long FIRST_NONCE = 9_000_000;
    private static final long FIRST_QUALITY = 1_000_000_000;
    private static final int A_SECOND = 20;
    private static final int MOST = 200;
    private static final int WITHIN_SECONDS = 60;
    private static final long PAUSE_MILLIS = 5;

    @Override
    public List<RowName> rows() {
        return List.of(FROM_RECEIPT, FROM_SENDING);
    }

    @Override
    public Optional<String> obstacle(BenchSettings settings) {
        return Scene.upstreamIsOurs(settings);
    }

    @Override
    public Duration planned(BenchSettings settings) {
        return LoneMiner.planned(settings).plusMillis(nonces(settings) * 10L);
    }

    private static int nonces(BenchSettings settings) {
        return Math.clamp(settings.time().toMillis() * A_SECOND / 1_000, A_SECOND, MOST);
    }

    @Override
    public void play(Stage stage, Told told) throws IOException, InterruptedException {
        Times times = new Times(new LatencyHistogram(), new LatencyHistogram());
        boolean came = true;
        try (Probe probe = new Probe(stage.program().target())) {
            getStuck(stage, probe);
            int count = nonces(stage.settings());
            for (int i = 1; i <= count && came; i++) {
                came = improve(stage, probe, i, times);
                Thread.sleep(PAUSE_MILLIS);
            }
        } finally {
            stage.upstream().release();
        }
        tell(stage, told, times, came ? 0 : 1);
    }

    private static void getStuck(Stage stage, Probe probe) throws IOException, InterruptedException {
        CountDownLatch stuck = stage.upstream().hang(BenchRound.account(STUCK));
        probe.ask(nonce(stage, STUCK, 0));
        if (!stuck.await(WITHIN_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("a nonce did not come upstream within " + WITHIN_SECONDS + " s");
        }
    }

    /** Sends a nonce that is better than those before; false when it does not come upstream. */
    private static boolean improve(Stage stage, Probe probe, int number, Times times)
            throws IOException, InterruptedException {
        CompletableFuture<Long> arrival = stage.upstream().arrival(FIRST_NONCE + number);
        byte[] request = nonce(stage, QUICK, number);
        long sent = System.nanoTime();
        probe.ask(request);
        long receipt = System.nanoTime();
        try {
            long arrived = arrival.get(WITHIN_SECONDS, TimeUnit.SECONDS);
            times.fromReceipt().record(arrived - receipt);
            times.fromSending().record(arrived - sent);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing fails there", e);
        }
    }

    private static byte[] nonce(Stage stage, int account, int number) {
        return stage.program()
                .target()
                .request(RpcRequests.submitNonce(
                        RpcId.of(1),
                        stage.upstream().round().nonce(account, FIRST_NONCE + number, FIRST_QUALITY - number)));
    }

    private static void tell(Stage stage, Told told, Times times, long failed)
            throws IOException, InterruptedException {
        double rss = stage.program().vitals().rssMib();
        String note =
                failed == 0 ? NOTE : "one did not come upstream within " + WITHIN_SECONDS + " s: no more were sent";
        Row.Measured row = LoneMiner.row(stage, FROM_RECEIPT, Figures.ofTimes(times.fromReceipt(), rss), failed);
        told.row(row.with(note));
        told.row(new Row.Measured(
                FROM_SENDING,
                Figures.ofTimes(times.fromSending(), rss),
                row.floorTitle(),
                row.floor(),
                failed,
                List.of(),
                Optional.empty()));
    }

    private record Times(LatencyHistogram fromReceipt, LatencyHistogram fromSending) {}
}
