package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.retry.RetryPolicy;

/** Listeners learn that a second machine sends the same nonce, and nothing else changes by that. */
class RepeatedNonceTest {
    private static final MiningInfo ROUND = round(100);

    private final ForwardSettings settings =
            new ForwardSettings(4, RetryPolicy.atNextPoll(), Duration.ofMinutes(4));
    private final ForwardRig rig = new ForwardRig(SubmissionFilter.globalBest(), settings);

    @BeforeEach
    void begin() {
        rig.announce(ROUND);
    }

    @Test
    void nonceOfAnotherMachine_isReportedAsRepeated_andCountedOnce() {
        NonceSubmission nonce = nonce(ROUND, 1, 7, 500);
        rig.submit(nonce, "a");

        Candidate again = rig.submit(nonce, "b");

        assertThat(rig.repeats).containsExactly("b 500");
        assertThat(again.receipt()).isDone();
        assertThat(rig.sent()).containsExactly(500L);
    }

    @Test
    void nonceOfTheSameMachine_isNotReported() {
        NonceSubmission nonce = nonce(ROUND, 1, 7, 500);
        rig.submit(nonce, "a");

        rig.submit(nonce, "a");

        assertThat(rig.repeats).isEmpty();
    }

    @Test
    void nonceThatLeftItsLane_isReported_whoeverRepeatsIt() {
        NonceSubmission worse = nonce(ROUND, 1, 7, 500);
        rig.submit(nonce(ROUND, 1, 8, 400), "a");
        for (int i = 0; i < 100; i++) {
            rig.submit(nonce(ROUND, 1, 1_000 + i, 450 - i), "c");
        }
        rig.submit(worse, "a");

        rig.submit(worse, "b");

        assertThat(rig.repeats).containsExactly("b 500");
    }

    @Test
    void nonceThatTheFilterDoesNotAccept_isReportedAsRepeated() {
        ForwardRig strict = new ForwardRig(new NothingAccepted(), settings);
        strict.announce(ROUND);
        strict.submit(nonce(ROUND, 1, 7, 500), "a");

        strict.submit(nonce(ROUND, 1, 7, 500), "b");

        assertThat(strict.repeats).containsExactly("b 500");
    }

    private static final class NothingAccepted implements SubmissionFilter {
        @Override
        public String keyOf(NonceSubmission submission) {
            return "";
        }

        @Override
        public boolean accepts(NonceSubmission submission) {
            return false;
        }
    }
}
