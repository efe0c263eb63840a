package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BodyMemoryTest {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private int maxBodyBytes = 64 * KIB;

    /** A heap of which 8 MiB are for bodies. */
    private final BodyMemory memory = memory(256);

    private BodyMemory memory(int heapMib) {
        return new BodyMemory(
                (long) heapMib * MIB,
                () -> maxBodyBytes,
                new RateLimitedLog(System.getLogger("test"), System::nanoTime));
    }

    @Test
    void moreThanThereIs_isDropped() throws DroppedConnection {
        try (BodyMemory.Reservation one = memory.reserve();
                BodyMemory.Reservation two = memory.reserve()) {
            one.take(6 * MIB);
            one.take(2 * MIB);
            assertThatThrownBy(() -> two.take(1)).isInstanceOf(DroppedConnection.class);
        }
        assertThat(memory.left()).isEqualTo(8 * MIB);
    }

    @Test
    void whatIsGivenBack_canBeTakenAgain() throws DroppedConnection {
        for (int i = 0; i < 10; i++) {
            BodyMemory.Reservation reservation = memory.reserve();
            reservation.take(8 * MIB);
            reservation.close();
            reservation.close();
        }
        assertThat(memory.left()).isEqualTo(8 * MIB);
    }

    @Test
    void raisedLimit_makesRoomForOneOfTheLargestBodiesAtOnce() {
        maxBodyBytes = 16 * MIB;

        try (BodyMemory.Reservation reservation = memory.reserve()) {
            assertThatCode(() -> reservation.take(16 * MIB)).doesNotThrowAnyException();
            assertThat(memory.shortage()).isEmpty();
        }
    }

    @Test
    void loweredLimit_givesTheRoomBack() throws DroppedConnection {
        maxBodyBytes = 16 * MIB;
        try (BodyMemory.Reservation reservation = memory.reserve()) {
            reservation.take(16 * MIB);
            maxBodyBytes = 64 * KIB;
            assertThatThrownBy(() -> reservation.take(1)).isInstanceOf(DroppedConnection.class);
        }
        assertThat(memory.left()).isEqualTo(8 * MIB);
    }

    @Test
    void heapTooSmallForOneBody_isNotFilled_andIsReported() {
        BodyMemory small = memory(64);
        maxBodyBytes = 16 * MIB;

        assertThat(small.left()).isEqualTo(8 * MIB);
        assertThat(small.shortage()).hasValueSatisfying(words -> assertThat(words)
                .contains("server.max_body_bytes is 16777216", "a heap of 64 MiB", "at most 8388608 bytes", "-Xmx"));
    }

    @Test
    void smallHeap_stillCarriesSmallBodies() {
        assertThat(memory(1).left()).isEqualTo(MIB);
        assertThat(memory(1).shortage()).isEmpty();
    }
}
