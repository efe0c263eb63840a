package org.pocx.aggregator.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs in the JVM that has the Vector API; skipped in others. */
class VectorLanesTest {
    private static final int BLOCKS = 5;
    private static final int WORDS = (BLOCKS + 1) * ShabalLanes.BLOCK;
    private static final int ROUNDS = 100;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private ShabalLanes vectors;

    @BeforeEach
    void open() {
        assumeTrue(PocxProof.lanes() > 1, "the Vector API, with vectors of 256 bits or more");
        vectors = LaneChoice.vectorLanes().orElseThrow();
    }

    @Test
    void eachLane_hashesAsPlainJava() {
        int lanes = vectors.lanes();
        for (int round = 0; round < ROUNDS; round++) {
            int[] words = random.ints((WORDS + ShabalLanes.HASH) * (long) lanes).toArray();
            int blocks = random.nextInt(BLOCKS + 1);
            int last = random.nextInt(BLOCKS + 1) * ShabalLanes.BLOCK;
            int[] before = words.clone();

            vectors.hash(words, 0, blocks, last, WORDS);

            for (int lane = 0; lane < lanes; lane++) {
                int[] single = lane(before, lane, lanes);
                new ScalarLanes().hash(single, 0, blocks, last, WORDS);
                assertThat(lane(words, lane, lanes)).as("seed %d, lane %d", seed, lane).isEqualTo(single);
            }
        }
    }

    private static int[] lane(int[] words, int lane, int lanes) {
        int[] single = new int[words.length / lanes];
        Arrays.setAll(single, i -> words[i * lanes + lane]);
        return single;
    }
}
