package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestThreadsTest {

    @ParameterizedTest
    @CsvSource({"21, false", "23, false", "24, true", "25, true"})
    void threadsAreVirtual_whereSynchronizedPinsNoCarrier(int javaFeature, boolean virtual) throws Exception {
        try (ExecutorService threads = RequestThreads.create(javaFeature)) {
            assertThat(threads.submit(() -> Thread.currentThread().isVirtual()).get())
                    .isEqualTo(virtual);
        }
    }
}
