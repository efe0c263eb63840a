package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.EmptyStore;
import org.pocx.aggregator.core.testkit.Heavy;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryStore;

/** The memory that the largest supported farm needs. */
class FarmSizeTest {
    private static final int MACHINES = 10_000;
    private static final long MIB = 1024 * 1024;

    private final Forgetful world = new Forgetful();
    private final FarmStatistics statistics = FarmStatistics.builder().store(world).build();
    private final Aggregator aggregator = Aggregator.builder()
            .upstream(world)
            .store(world)
            .listener(statistics)
            .pollInterval(Duration.ofMillis(50))
            .build();

    @AfterEach
    void stop() {
        aggregator.close();
        statistics.close();
    }

    @Test
    void tenThousandMachines_eachWithItsOwnAccount_areAllShown() {
        mineRounds(1);

        assertAllShown();
    }

    @Test
    @Heavy
    void tenThousandMachines_eachWithItsOwnAccount_takeLessThan64MiB() {
        long before = used();
        mineRounds(3);
        assertAllShown();

        long taken = used() - before;

        assertThat(taken).as("bytes").isLessThan(64 * MIB);
    }

    private void assertAllShown() {
        FarmSnapshot snapshot = statistics.snapshot();
        assertThat(snapshot.machines()).hasSize(MACHINES);
        assertThat(snapshot.accounts()).hasSize(MACHINES);
    }

    private void mineRounds(int rounds) {
        aggregator.start();
        for (int height = 1; height <= rounds; height++) {
            world.height = height;
            mine(height);
        }
    }

    /** Each machine sends a first nonce and a better one in an announced round. */
    private void mine(int height) {
        Await.until(
                "round " + height,
                () -> aggregator.miningInfo(machine(0)) instanceof MiningInfo info && info.height() == height);
        for (int i = 0; i < MACHINES; i++) {
            assertThat(aggregator.submit(nonce(round(height), i, i, 2_000_000_000_000L + i), machine(i)))
                    .isInstanceOf(SubmissionReceipt.class);
            aggregator.submit(nonce(round(height), i, i + MACHINES, 1_000_000_000_000L + i), machine(i));
        }
        Await.until("all have their verdict", () -> statistics.snapshot().counts().pending() == 0);
    }

    private static MinerId machine(int number) {
        return new MinerId("10.0." + number / 250 + "." + (1 + number % 250));
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** An upstream and a store that accept everything and keep nothing, so that only the core uses memory. */
    private static final class Forgetful implements Upstream, EmptyStore, HistoryStore {
        private volatile int height = 1;

        @Override
        public MiningInfoOutcome fetchMiningInfo() {
            return new MiningInfoOutcome.Fetched(round(height));
        }

        @Override
        public SubmitOutcome submit(NonceSubmission submission) {
            return new SubmitOutcome.Accepted(submission.rawQuality());
        }

        @Override
        public CompletableFuture<Void> write(StoreChange change) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void readHistory(long blocks, Consumer<BestNonce> reader) {}

        @Override
        public CompletableFuture<Void> write(HistoryChange change) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public FarmHistory history() {
            return FarmHistory.NONE;
        }

        @Override
        public void close() {}
    }
}
