package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.retry.ExponentialBackoff;
import org.pocx.aggregator.core.retry.RetryAtNextPoll;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.testkit.NullArguments;

class ForwardSettingsTest {
    @Test
    void nullArgument_isRefusedByItsName() throws Exception {
        NullArguments.areRefusedBy(new ForwardSettings(1, new RetryAtNextPoll(), Duration.ZERO));
        NullArguments.areRefusedBy(new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(2), 0));
        NullArguments.areRefusedBy(new RetryPolicy.Retry.In(Duration.ZERO));
        NullArguments.areRefusedBy(new MinerId("10.0.0.7"));
    }

    @Test
    void negativeGrace_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForwardSettings(1, new RetryAtNextPoll(), Duration.ofNanos(-1)))
                .withMessageContaining("graceAfterRound");
    }
}
