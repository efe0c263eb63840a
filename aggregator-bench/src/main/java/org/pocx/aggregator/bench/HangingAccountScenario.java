package org.pocx.aggregator.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The time that an improvement takes to the upstream while a nonce of another account hangs there. */
final class HangingAccountScenario {
    private static final Row.Label FROM_RECEIPT =
            new Row.Label("receipt_to_upstream", "receipt to upstream, another hangs");
    private static final Row.Label FROM_SENDING =
            new Row.Label("nonce_to_upstream", "nonce to upstream, another hangs");
    private static final String NOTE = "0 where the upstream had it before the miner had the receipt";
    private static final int HANGING_ACCOUNT = 20_000;
    private static final int OTHER_ACCOUNT = 20_001;
    private static final long FIRST_NONCE = 9_000_000;
    private static final long FIRST_QUALITY = 1_000_000_000;
    private static final int PER_SECOND = 20;
    private static final int MAX_NONCES = 200;
    private static final int TIMEOUT_SECONDS = 60;
    private static final long PAUSE_MILLIS = 5;

    private final BenchEnvironment environment;
    private final MinerConnection miner;
    private final LatencyHistogram fromReceipt = new LatencyHistogram();
    private final LatencyHistogram fromSending = new LatencyHistogram();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile Arrival expected = new Arrival("none yet", new CompletableFuture<>());

    private record Arrival(String nonce, CompletableFuture<Long> at) {}

    private HangingAccountScenario(BenchEnvironment environment, MinerConnection miner) {
        this.environment = environment;
        this.miner = miner;
    }

    static Scenario of(BenchSettings settings) {
        int nonces = Math.clamp(settings.time().toMillis() * PER_SECOND / 1_000, PER_SECOND, MAX_NONCES);
        return new Scenario(
                List.of(FROM_RECEIPT, FROM_SENDING),
                settings.upstreamMissing(),
                LatencyScenarios.roundTripPlanned(settings).plusMillis(2 * PAUSE_MILLIS * nonces),
                (environment, results) -> {
                    try (MinerConnection miner = new MinerConnection(
                            environment.program().target())) {
                        new HangingAccountScenario(environment, miner).run(nonces, results);
                    }
                });
    }

    private void run(int nonces, Consumer<Row> results) throws IOException, InterruptedException {
        boolean arrived = true;
        try {
            hang();
            for (int i = 1; i <= nonces && arrived; i++) {
                arrived = improve(i);
                Thread.sleep(PAUSE_MILLIS);
            }
        } finally {
            released.countDown();
        }
        report(arrived, results);
    }

    private void hang() throws IOException, InterruptedException {
        byte[] account = AsciiBytes.of(BenchRound.account(HANGING_ACCOUNT));
        environment.upstream().observe(submission -> {
            Arrival arrival = expected;
            if (submission.contains(account)) {
                hanging.countDown();
                released.await();
            } else if (submission.contains(AsciiBytes.of(arrival.nonce()))) {
                arrival.at().complete(System.nanoTime());
            }
        });
        miner.ask(nonce(HANGING_ACCOUNT, 0));
        if (!hanging.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("a nonce did not reach the upstream within " + TIMEOUT_SECONDS + " s");
        }
    }

    /** Sends a nonce that is better than those before; false if it does not reach the upstream. */
    private boolean improve(int number) throws IOException, InterruptedException {
        CompletableFuture<Long> arrival = new CompletableFuture<>();
        expected = new Arrival("\"nonce\":" + (FIRST_NONCE + number), arrival);
        byte[] request = nonce(OTHER_ACCOUNT, number);
        long sent = System.nanoTime();
        miner.ask(request);
        long receipt = System.nanoTime();
        try {
            long arrived = arrival.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            fromReceipt.record(arrived - receipt);
            fromSending.record(arrived - sent);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the upstream never completes it with an exception", e);
        }
    }

    private byte[] nonce(int account, int number) {
        return environment.program()
                .target()
                .submission(
                        environment.upstream().round().nonce(account, FIRST_NONCE + number, FIRST_QUALITY - number));
    }

    private void report(boolean arrived, Consumer<Row> results) throws IOException, InterruptedException {
        double rss = environment.program().usage().rssMib();
        long failed = arrived ? 0 : 1;
        Row.Measured row = LatencyScenarios.roundTripRow(
                environment, FROM_RECEIPT, Figures.ofTimes(fromReceipt, rss), failed);
        results.accept(row.withNote(
                arrived
                        ? NOTE
                        : "one did not reach the upstream within " + TIMEOUT_SECONDS + " s: no more were sent"));
        results.accept(new Row.Measured(
                FROM_SENDING, Figures.ofTimes(fromSending, rss), row.floorTitle(), row.floor(), failed));
    }
}
