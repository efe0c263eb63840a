package org.pocx.aggregator.core.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.RetryPolicyContract;

class ExponentialBackoffTest extends RetryPolicyContract {
    private static final Duration BASE = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofSeconds(16);

    @Override
    protected RetryPolicy open() {
        return RetryPolicy.exponentialBackoff(BASE, MAX, 5_000);
    }

    private static List<Duration> delays(int attempts) {
        RetryPolicy policy = RetryPolicy.exponentialBackoff(BASE, MAX, 0);
        return IntStream.range(0, 200)
                .mapToObj(seed -> policy.after(attempts, new SplittableRandom(seed)))
                .map(RetryPolicy.Retry::delay)
                .toList();
    }

    @Test
    void delays_doubleUpToTheLongestWithinATenth() {
        List<Integer> seconds = List.of(1, 2, 4, 8, 16, 16, 16);
        for (int attempts = 1; attempts <= seconds.size(); attempts++) {
            Duration usual = Duration.ofSeconds(seconds.get(attempts - 1));
            assertThat(delays(attempts))
                    .allSatisfy(delay -> assertThat(delay)
                            .isBetween(usual.multipliedBy(9).dividedBy(10), usual.multipliedBy(11).dividedBy(10)));
        }
    }

    @Test
    void delays_differ() {
        assertThat(delays(1)).doesNotHaveDuplicates();
    }

    @Test
    void lastAttempt_isGivenUp() {
        RetryPolicy policy = RetryPolicy.exponentialBackoff(BASE, MAX, 3);

        assertThat(policy.after(2, new SplittableRandom(1))).extracting(RetryPolicy.Retry::delay).isNotNull();
        assertThat(policy.after(3, new SplittableRandom(1))).isEqualTo(RetryPolicy.Retry.never());
    }

    @Test
    void rangesThatMakeNoSense_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> RetryPolicy.exponentialBackoff(Duration.ZERO, MAX, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> RetryPolicy.exponentialBackoff(MAX, BASE, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> RetryPolicy.exponentialBackoff(BASE, MAX, -1));
    }
}
