package org.pocx.aggregator.core.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.testkit.SubmissionFilterContract;

class BestPerAccountTest extends SubmissionFilterContract {
    @Override
    protected SubmissionFilter open() {
        return new BestPerAccount();
    }

    @Test
    void accounts_doNotCompete() {
        assertThat(open().keyOf(Nonces.nonce(Nonces.round(1), 1, 1, 1)))
                .isNotEqualTo(open().keyOf(Nonces.nonce(Nonces.round(1), 2, 1, 1)));
    }
}
