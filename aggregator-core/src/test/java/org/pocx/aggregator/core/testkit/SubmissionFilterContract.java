package org.pocx.aggregator.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;

/** What every {@link SubmissionFilter} must do: extend it beside each one. */
public abstract class SubmissionFilterContract {
    private static final MiningInfo ROUND = Nonces.round(100);
    private static final int LONGEST_KEY = 128;

    private SubmissionFilter filter;

    /** Makes yours. */
    protected abstract SubmissionFilter open();

    @BeforeEach
    void openFilter() {
        filter = open();
    }

    @Test
    void sameSubmission_hasTheSameKeyAgain() {
        NonceSubmission nonce = Nonces.nonce(ROUND, 1, 1, 50);

        assertThat(filter.keyOf(nonce)).isEqualTo(filter.keyOf(nonce)).isEqualTo(open().keyOf(nonce));
    }

    @Test
    void claimedQuality_doesNotDecideTheKey() {
        String key = filter.keyOf(Nonces.nonce(ROUND, 1, 1, 50));

        assertThat(List.of(0L, 1L, Long.MAX_VALUE, Long.MIN_VALUE, -1L))
                .allSatisfy(quality -> assertThat(filter.keyOf(Nonces.nonce(ROUND, 1, 1, quality))).isEqualTo(key));
    }

    @Test
    void noncesOfAnAccount_haveFewKeys() {
        long keys = IntStream.range(0, 1_000)
                .mapToObj(number -> filter.keyOf(Nonces.nonce(ROUND, 1, number, 50)))
                .distinct()
                .count();

        assertThat(keys).isLessThan(100);
    }

    @Test
    void sameSubmission_isAcceptedOrNotAgain() {
        NonceSubmission nonce = Nonces.nonce(ROUND, 1, 1, 50);

        assertThat(filter.accepts(nonce)).isEqualTo(filter.accepts(nonce));
    }

    @Test
    void bestPerKey_isInItsRangeAndStaysTheSame() {
        assertThat(filter.bestPerKey())
                .isBetween(1, SubmissionFilter.MAX_BEST_PER_KEY)
                .isEqualTo(filter.bestPerKey());
    }

    @Test
    void keys_areShort() {
        assertThat(filter.keyOf(Nonces.nonce(ROUND, 1, -1, -1))).isNotNull().hasSizeLessThanOrEqualTo(LONGEST_KEY);
    }
}
