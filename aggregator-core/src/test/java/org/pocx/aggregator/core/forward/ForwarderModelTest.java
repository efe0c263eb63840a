package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.retry.RetryPolicy;

/**
 * The rules as a model: random histories of offers and lies, outcomes in any order, trouble, lost answers, rounds and forks, upstreams that
 * forget, restart and change their minds about an account, full disks, crashes and restarts. A history that breaks a rule is shortened as far as it can be, and printed.
 */
class ForwarderModelTest {
    private static final int HISTORIES = Boolean.getBoolean("pocx.heavy") ? 20_000 : 60;
    private static final int STEPS = 200;
    private static final ResendSettings FORGETFUL = new ResendSettings(true, false, ForwardRig.BLOCK_TIME);

    @Test
    void randomHistories_poolMode_breakNoRule() {
        ForwardSettings settings = new ForwardSettings(
                4,
                RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                ForwardRig.BLOCK_TIME.multipliedBy(2));
        playAll(SubmissionFilter.bestPerAccount(), settings);
    }

    @Test
    void randomHistories_walletMode_breakNoRule() {
        playAll(
                SubmissionFilter.globalBest(),
                new ForwardSettings(4, RetryPolicy.atNextPoll(), Duration.ZERO, FORGETFUL));
    }

    @Test
    void randomHistories_poolThatForgets_breakNoRule() {
        ForwardSettings settings = new ForwardSettings(
                4,
                RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                ForwardRig.BLOCK_TIME.multipliedBy(2),
                FORGETFUL);
        playAll(SubmissionFilter.bestPerAccount(), settings);
    }

    @Test
    void randomHistories_poolModeWithVerifier_breakNoRule() {
        ForwardSettings settings = new ForwardSettings(
                4,
                RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                ForwardRig.BLOCK_TIME.multipliedBy(2),
                FORGETFUL);
        playAll(SubmissionFilter.bestPerAccount(), settings, true);
    }

    @Test
    void randomHistories_walletModeWithVerifier_breakNoRule() {
        playAll(
                SubmissionFilter.globalBest(),
                new ForwardSettings(4, RetryPolicy.atNextPoll(), Duration.ZERO, FORGETFUL),
                true);
    }

    private static void playAll(SubmissionFilter filter, ForwardSettings settings) {
        playAll(filter, settings, false);
    }

    private static void playAll(SubmissionFilter filter, ForwardSettings settings, boolean verifies) {
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<ModelStep> steps = ModelStep.random(seed, STEPS);
            if (ModelHistory.play(steps, filter, settings, verifies) != null) {
                List<ModelStep> few = shortened(steps, filter, settings, verifies);
                fail("seed %d, %d steps:%n%s", seed, few.size(),
                        ModelHistory.describe(few, filter, settings, verifies));
            }
        }
    }

    /** Leaves out what is not needed to break a rule: halves first, single steps at last. */
    private static List<ModelStep> shortened(
            List<ModelStep> steps, SubmissionFilter filter, ForwardSettings settings, boolean verifies) {
        List<ModelStep> left = steps;
        for (int size = left.size() / 2; size > 0; size /= 2) {
            for (int from = 0; from < left.size();) {
                List<ModelStep> fewer = new ArrayList<>(left.subList(0, from));
                fewer.addAll(left.subList(Math.min(from + size, left.size()), left.size()));
                if (ModelHistory.play(fewer, filter, settings, verifies) == null) {
                    from += size;
                } else {
                    left = fewer;
                }
            }
        }
        return left;
    }
}
