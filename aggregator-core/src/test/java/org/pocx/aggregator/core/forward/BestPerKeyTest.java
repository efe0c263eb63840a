package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.retry.RetryPolicy;

/** A filter by which the upstream gets several nonces of a key, or only those below a limit. */
class BestPerKeyTest {
    private static final MiningInfo ROUND = round(100);

    private static ForwardRig rig(int best) {
        ForwardRig rig = new ForwardRig(
                new BestBelow(best, 1_000),
                new ForwardSettings(4, (attempts, random) -> RetryPolicy.Retry.atNextPoll(), Duration.ZERO));
        rig.announce(ROUND);
        return rig;
    }

    private static Candidate offer(ForwardRig rig, long rawQuality) {
        return rig.offer(nonce(ROUND, 1, rawQuality, rawQuality), "m" + rawQuality);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void bestOfAnAccount_areSent_andNoOthers(int best) {
        ForwardRig rig = rig(best);
        for (long rawQuality : List.of(500L, 100L, 400L, 200L, 300L)) {
            offer(rig, rawQuality);
        }
        rig.run();

        assertThat(rig.sent()).isEqualTo(List.of(100L, 200L, 300L).subList(0, best));
        assertThat(rig.fates.count(Fate.PENDING)).isZero();
        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(best);

        offer(rig, best * 100L);
        offer(rig, best * 100L + 1);
        rig.run();

        assertThat(rig.sent()).hasSize(best);

        offer(rig, best * 100L - 1);
        rig.run();

        assertThat(rig.sent()).endsWith(best * 100L - 1);
    }

    @Test
    void notAccepted_hasItsReceipt_countsOnceAsFiltered_andIsNotSent() {
        ForwardRig rig = rig(2);

        Candidate first = offer(rig, 1_000);
        Candidate again = offer(rig, 1_000);
        rig.run();

        assertThat(first.receipt()).isCompleted();
        assertThat(again.receipt()).isCompleted();
        assertThat(rig.sent()).isEmpty();
        assertThat(rig.fates.received()).isEqualTo(1);
        assertThat(rig.fates.count(Fate.FILTERED)).isEqualTo(1);
        assertThat(rig.store.load(rig.clock.instant()).outbox()).isEmpty();
    }

    private record BestBelow(int bestPerKey, long limit) implements SubmissionFilter {
        @Override
        public String keyOf(NonceSubmission submission) {
            return submission.accountId();
        }

        @Override
        public boolean accepts(NonceSubmission submission) {
            return Long.compareUnsigned(submission.rawQuality(), limit) < 0;
        }
    }
}
