package org.pocx.aggregator.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The memory that a computation takes, as the JVM counts it for a thread. Runs twice, as {@link PocxProofTest}. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long NONCE_BYTES = 256 * 1024;

    /** Far below what one object for each of the 8,193 hashes would take. */
    private static final long NEXT_TO_NOTHING = 16 * 1024;

    /** Until the vectors are compiled, they are objects. */
    private static final int MOST_ROUNDS = 200;

    private static long allocatedBy(Runnable computation) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        computation.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static Runnable computing(ShabalLanes lanes) {
        UncompressedNonces nonces = new UncompressedNonces(lanes);
        nonces.tail(0, new int[15]);
        BooleanSupplier never = () -> false;
        return () -> nonces.compute(never);
    }

    @Test
    void hash_allocatesNothing() {
        assertThat(allocatedBy(computing(new ScalarLanes()))).isLessThan(NEXT_TO_NOTHING);
    }

    @Test
    void hashOfSeveralLanes_allocatesNothingOnceItIsCompiled() {
        assumeTrue(PocxProof.lanes() > 1, "the Vector API, with vectors of 256 bits or more");
        Runnable computation = computing(LaneChoice.fastest(PocxProof.lanes()));

        boolean isEventuallyNothing =
                LongStream.range(0, MOST_ROUNDS).map(round -> allocatedBy(computation))
                        .anyMatch(bytes -> bytes < NEXT_TO_NOTHING);

        assertThat(isEventuallyNothing).isTrue();
    }

    @Test
    void nonceOfManyParts_takesTheMemoryOfOne() {
        assumeTrue(PocxProof.lanes() == 1, "plain Java, which allocates the same from the beginning");
        PlotNonce nonce = new PlotNonce("a1".repeat(20), "5d".repeat(32), 1, 2);
        Challenge challenge = new Challenge("5e".repeat(32), 1);

        assertThat(allocatedBy(() -> PocxProof.quality(nonce, challenge))).isLessThan(2 * NONCE_BYTES);
    }
}
