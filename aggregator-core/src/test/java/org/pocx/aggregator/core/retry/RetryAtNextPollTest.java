package org.pocx.aggregator.core.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.RetryPolicyContract;

class RetryAtNextPollTest extends RetryPolicyContract {
    @Override
    protected RetryPolicy open() {
        return RetryPolicy.atNextPoll();
    }

    @Test
    void eachAttempt_waitsForAPoll() {
        assertThat(open().after(7, new SplittableRandom(1))).isEqualTo(RetryPolicy.Retry.atNextPoll());
    }
}
