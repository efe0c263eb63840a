package org.pocx.aggregator.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WrkRunTest {
    private static final String PRINTED =
            """
            Running 2s test @ http://127.0.0.1:1/
              1 threads and 64 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     1.23ms    2.00ms  50.99ms   99.00%
              Latency Distribution
                 50%  500.00us
                 75%    0.90ms
                 99%    1.20s
              150000 requests in 2.00s, 70.00MB read
              Socket errors: connect 1, read 2, write 3, timeout 4
              Non-2xx or 3xx responses: 5
            Requests/sec:  74969.50
            Transfer/sec:     34.99MB
            """;

    @Test
    void whatWrkPrints_isRead() throws Exception {
        assertThat(WrkRun.parse(PRINTED)).isEqualTo(new WrkRun(74_969.5, 0.5, 1_200, 15));
    }

    @Test
    void whatWrkDidNotDo_isSaid() {
        assertThatThrownBy(() -> WrkRun.parse("unable to connect to 127.0.0.1:1\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unable to connect");
    }
}
