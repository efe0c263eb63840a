package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.mining.SubmissionRefusal;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.RecordedEvents;
import org.pocx.aggregator.core.testkit.Threads;

/** Several aggregators live in one JVM, and leave it as they found it. */
class AggregatorIsolationTest {
    private static final MiningInfo ROUND = round(100);
    private static final MinerId MINER = new MinerId("10.0.0.1");

    private static Aggregator over(FakeUpstream upstream) {
        return over(upstream, event -> {});
    }

    private static Aggregator over(FakeUpstream upstream, AggregatorListener listener) {
        Aggregator aggregator = Aggregator.builder()
                .upstream(upstream)
                .pollInterval(Duration.ofMillis(50))
                .listener(listener)
                .build();
        aggregator.start();
        return aggregator;
    }

    private static boolean isConfirmed(RecordedEvents events) {
        return events.of(AggregatorEvent.FateChanged.class).stream()
                .anyMatch(changed -> changed.after() == Fate.CONFIRMED);
    }

    private static FakeUpstream announcing(MiningInfo round) {
        FakeUpstream upstream = new FakeUpstream();
        upstream.announce(round);
        return upstream;
    }

    @Test
    void roundsNoncesAndCounts_areEachOnesOwn() {
        FakeUpstream pool = announcing(ROUND);
        FakeUpstream otherPool = announcing(round(7));
        RecordedEvents ofOne = new RecordedEvents();
        RecordedEvents ofOther = new RecordedEvents();
        try (Aggregator one = over(pool, ofOne);
                Aggregator other = over(otherPool, ofOther)) {
            assertThat(one.miningInfo(MINER)).isEqualTo(ROUND);
            assertThat(other.miningInfo(new MinerId("10.0.0.2"))).isEqualTo(round(7));
            assertThat(one.submit(nonce(ROUND, 1, 1, 50), MINER)).isInstanceOf(SubmissionReceipt.class);
            assertThat(other.submit(nonce(ROUND, 1, 1, 60), new MinerId("10.0.0.2")))
                    .isEqualTo(new SubmissionRefusal(SubmissionRefusal.Reason.UNKNOWN_ROUND));
            Await.until("one is confirmed", () -> isConfirmed(ofOne));

            assertThat(otherPool.submitted()).isEmpty();
            assertThat(isConfirmed(ofOther)).isFalse();
            assertThat(ofOther.of(AggregatorEvent.MinerSeen.class))
                    .extracting(AggregatorEvent.MinerSeen::miner)
                    .doesNotContain(MINER);
        }
    }

    @Test
    void closingOne_leavesTheOtherAtWork() {
        FakeUpstream pool = announcing(ROUND);
        try (Aggregator staying = over(pool)) {
            over(announcing(ROUND)).close();
            pool.announce(round(101));

            Await.until("the next round is learnt", () -> staying.miningInfo(MINER).equals(round(101)));
            assertThat(staying.submit(nonce(round(101), 1, 1, 50), MINER)).isInstanceOf(SubmissionReceipt.class);
        }
    }

    @Test
    void close_leavesNoThread_evenWhenTheUpstreamHangs() {
        Threads before = Threads.now();
        FakeUpstream pool = announcing(ROUND);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        pool.judge(nonce -> {
            asked.countDown();
            return FakeUpstream.hang(never);
        });
        Aggregator aggregator = over(pool);
        aggregator.miningInfo(MINER);
        aggregator.submit(nonce(ROUND, 1, 1, 50), MINER);
        Await.until("the upstream hangs", () -> asked.getCount() == 0);

        aggregator.close();

        before.awaitNoOthers();
    }

    @Test
    void aggregatorThatNeverStarted_leavesNoThread() {
        Threads before = Threads.now();
        Aggregator.builder().upstream(new FakeUpstream()).build().close();

        before.awaitNoOthers();
    }

    @Test
    void noClassOfTheCore_hasStateOfItsOwn() throws Exception {
        List<String> mutable = new ArrayList<>();
        for (Class<?> type : classes()) {
            for (Field field : type.getDeclaredFields()) {
                boolean shared = Modifier.isStatic(field.getModifiers()) && !field.isSynthetic();
                if (shared && !Modifier.isFinal(field.getModifiers())) {
                    mutable.add(type.getSimpleName() + "." + field.getName());
                }
            }
        }

        assertThat(mutable).isEmpty();
    }

    private static List<Class<?>> classes() throws IOException, ClassNotFoundException {
        Path root = Path.of("target", "classes");
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replace('/', '.').replace('\\', '.');
                if (!name.endsWith("-info.class")) {
                    types.add(Class.forName(name.substring(0, name.length() - ".class".length())));
                }
            }
        }
        assertThat(types).hasSizeGreaterThan(100);
        return types;
    }
}
