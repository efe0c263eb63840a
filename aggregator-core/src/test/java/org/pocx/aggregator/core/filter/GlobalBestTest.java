package org.pocx.aggregator.core.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.testkit.SubmissionFilterContract;

class GlobalBestTest extends SubmissionFilterContract {
    @Override
    protected SubmissionFilter open() {
        return new GlobalBest();
    }

    @Test
    void accounts_compete() {
        assertThat(open().keyOf(Nonces.nonce(Nonces.round(1), 1, 1, 1)))
                .isEqualTo(open().keyOf(Nonces.nonce(Nonces.round(1), 2, 1, 1)));
    }
}
