package org.pocx.aggregator.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs twice: in plain Java, and in a JVM with the Vector API. */
class ProofBatchTest {
    /** Parts of one, two and four, so that a run of several lanes holds parts of different nonces. */
    private final List<ProofVector> vectors = ProofVector.all().stream()
            .filter(vector -> vector.nonce().compression() <= 2)
            .limit(4)
            .toList();

    private final List<ProofTask> tasks = vectors.stream().map(ProofVector::task).toList();

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void everyNonce_getsItsQualityOnce(int threads) throws InterruptedException {
        Map<Integer, Long> qualities = new TreeMap<>();
        List<Integer> indices = new ArrayList<>();

        PocxProof.qualities(tasks, threads, (index, quality) -> {
            qualities.put(index, quality);
            return indices.add(index);
        });

        assertThat(indices).hasSize(tasks.size());
        assertThat(List.copyOf(qualities.values()))
                .isEqualTo(vectors.stream().map(ProofVector::rawQuality).toList());
        assertThat(threads()).isEmpty();
    }

    @Test
    void listenerThatWantsNoMore_endsTheBatch() throws InterruptedException {
        List<Integer> indices = new ArrayList<>();

        PocxProof.qualities(many(), 2, (index, quality) -> {
            indices.add(index);
            return false;
        });

        assertThat(indices).hasSize(1);
        assertThat(threads()).isEmpty();
    }

    @Test
    void listenerThatFails_endsTheBatchWithItsException() {
        assertThatThrownBy(() -> PocxProof.qualities(many(), 2, (index, quality) -> {
            throw new IllegalArgumentException("no");
        })).isInstanceOf(IllegalArgumentException.class);
        assertThat(threads()).isEmpty();
    }

    @Test
    void interrupt_endsTheBatch() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> PocxProof.qualities(many(), 2, (index, quality) -> true))
                .isInstanceOf(InterruptedException.class);
        assertThat(threads()).isEmpty();
    }

    @Test
    void noNonces_areDoneAtOnce() throws InterruptedException {
        PocxProof.qualities(List.of(), 4, (index, quality) -> {
            throw new AssertionError("a result");
        });
    }

    @Test
    void noThreads_isRefused() {
        assertThatThrownBy(() -> PocxProof.qualities(tasks, 0, (index, quality) -> true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"512,2,16,16", "20,2,16,10", "2,2,16,1", "1,8,16,1", "33,2,16,9", "5,1,1,1", "0,4,8,0"})
    void threads_takeAsMuchEach(long parts, int threads, int lanes, int together) {
        assertThat(ProofBatch.together(parts, threads, lanes)).isEqualTo(together);
    }

    private List<ProofTask> many() {
        PlotNonce heavy = new PlotNonce("a1".repeat(20), "5d".repeat(32), 1, 6);
        List<ProofTask> many = new ArrayList<>(tasks);
        for (int i = 0; i < 100; i++) {
            many.add(new ProofTask(heavy, tasks.get(0).challenge()));
        }
        return many;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("proof-"))
                .toList();
    }
}
