package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/** Machines that claim a raw quality of 0 in every round, under any number of names, cost nobody a confirmed best. */
class FalseClaimsTest {
    private static final int ROUNDS = 5;
    private static final int HONEST = 3;
    private static final SubmitOutcome BAD =
            new SubmitOutcome.Rejected(new UpstreamMessage("PoCX validation failed", "-26"), true);

    static Stream<Arguments> farms() {
        ForwardSettings pool = new ForwardSettings(
                32,
                RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                ForwardRig.BLOCK_TIME.multipliedBy(2));
        ForwardSettings wallet = new ForwardSettings(4, RetryPolicy.atNextPoll(), Duration.ZERO);
        return Stream.of(
                Arguments.of("200 names, pool", 200, 1, SubmissionFilter.bestPerAccount(), pool, "liar/"),
                Arguments.of("200 names, wallet", 200, 1, SubmissionFilter.globalBest(), wallet, "liar/"),
                Arguments.of("alone, pool", 1, 200, SubmissionFilter.bestPerAccount(), pool, "liar"),
                Arguments.of("alone, wallet", 1, 200, SubmissionFilter.globalBest(), wallet, "liar"),
                Arguments.of("100 addresses, pool", 100, 2, SubmissionFilter.bestPerAccount(), pool, "liar"),
                Arguments.of("100 addresses, wallet", 100, 2, SubmissionFilter.globalBest(), wallet, "liar"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("farms")
    void claimsOf0_costNobodyAConfirmedBest(
            String name, int liars, int liesOfEach, SubmissionFilter filter, ForwardSettings settings,
            String liar) {
        ForwardRig rig = new ForwardRig(filter, settings);
        rig.upstream.judge(
                submission -> submission.rawQuality() == 0
                        ? BAD
                        : new SubmitOutcome.Accepted(submission.rawQuality()));
        for (int height = 1; height <= ROUNDS; height++) {
            MiningInfo round = round(height);
            rig.announce(round);
            List<Long> lies = new ArrayList<>();
            for (int i = 0; i < liars * liesOfEach; i++) {
                lies.add((long) i);
            }
            int half = lies.size() / 2;
            lies.subList(0, half).forEach(lie -> lie(rig, round, liar + lie % liars, lie));
            for (int machine = 0; machine < HONEST; machine++) {
                rig.offer(honest(round, machine), "honest" + machine);
            }
            lies.subList(half, lies.size()).forEach(lie -> lie(rig, round, liar + lie % liars, lie));
            rig.run();

            assertThat(rig.heard).as("round %d", height).contains("confirmed 700 at 700");
            rig.heard.clear();
        }
    }

    private static void lie(ForwardRig rig, MiningInfo round, String liar, long number) {
        rig.offer(nonce(round, 1, 1_000 + number, 0), liar);
    }

    private static NonceSubmission honest(MiningInfo round, int machine) {
        return nonce(round, 1, machine, 700 + machine);
    }
}
