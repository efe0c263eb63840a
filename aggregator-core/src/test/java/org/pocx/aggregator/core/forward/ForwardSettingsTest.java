package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.testkit.NullArguments;

class ForwardSettingsTest {
    @Test
    void nullArgument_isRefusedByItsName() throws Exception {
        NullArguments.areRefusedBy(new ForwardSettings(1, RetryPolicy.atNextPoll(), Duration.ZERO));
        NullArguments.areRefusedBy(new MinerId("10.0.0.7"));
    }

    @Test
    void negativeGrace_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForwardSettings(1, RetryPolicy.atNextPoll(), Duration.ofNanos(-1)))
                .withMessageContaining("graceAfterRound");
    }
}
