package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BodyMemoryTest {
    private final BodyMemory memory =
            new BodyMemory(100, new SeldomLog(System.getLogger("test"), System::nanoTime));

    @Test
    void moreThanThereIs_isDropped() throws DroppedConnection {
        try (BodyMemory.Share one = memory.share();
                BodyMemory.Share two = memory.share()) {
            one.take(60);
            one.take(40);
            assertThatThrownBy(() -> two.take(1)).isInstanceOf(DroppedConnection.class);
        }
        assertThat(memory.left()).isEqualTo(100);
    }

    @Test
    void whatIsGivenBack_canBeTakenAgain() throws DroppedConnection {
        for (int i = 0; i < 10; i++) {
            BodyMemory.Share share = memory.share();
            share.take(100);
            share.close();
            share.close();
        }
        assertThat(memory.left()).isEqualTo(100);
    }
}
