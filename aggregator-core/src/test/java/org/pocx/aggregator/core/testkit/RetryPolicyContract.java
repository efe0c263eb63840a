package org.pocx.aggregator.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.retry.RetryPolicy.Retry;

/** What every {@link RetryPolicy} must do: extend it beside each one. */
@Timeout(180)
public abstract class RetryPolicyContract {
    private static final List<Integer> ATTEMPTS = Stream.concat(
            IntStream.rangeClosed(1, 100).boxed(),
            Stream.of(1_000, 1 << 16, Integer.MAX_VALUE - 1, Integer.MAX_VALUE))
            .toList();
    private static final int SEEDS = 20;

    private RetryPolicy policy;

    /** Makes yours. */
    protected abstract RetryPolicy open();

    @BeforeEach
    void openPolicy() {
        policy = open();
    }

    private List<Retry> decisions() {
        return decisions(policy);
    }

    private static List<Retry> decisions(RetryPolicy asked) {
        return ATTEMPTS.stream().flatMap(attempts -> IntStream.range(0, SEEDS)
                .mapToObj(seed -> asked.after(attempts, new SplittableRandom(seed))))
                .toList();
    }

    @Test
    void anyNumberOfAttempts_getsADecision() {
        assertThat(decisions()).doesNotContainNull();
    }

    @Test
    void delays_canBeTimed() {
        assertThat(decisions()).allSatisfy(retry -> {
            Duration delay = retry.delay();
            if (delay != null) {
                assertThatCode(delay::toNanos).doesNotThrowAnyException();
            }
        });
    }

    @Test
    void decision_dependsOnItsArgumentsAlone() {
        List<Retry> first = decisions();

        assertThat(decisions()).isEqualTo(first);
        assertThat(decisions(open())).isEqualTo(first);
    }

    @Test
    void decisionsInManyThreads_areThoseInOne() {
        List<Retry> alone = decisions();

        List<List<Retry>> together =
                IntStream.range(0, 64).parallel().mapToObj(thread -> decisions()).toList();

        assertThat(together).allSatisfy(decisions -> assertThat(decisions).isEqualTo(alone));
    }

    @Test
    @Heavy
    @Timeout(10) // the caller holds a lock: a hundred thousand decisions that sleep or ask somebody take longer
    void decisions_takeNoTime() {
        for (int round = 0; round < 50; round++) {
            assertThat(decisions()).isNotEmpty();
        }
    }
}
