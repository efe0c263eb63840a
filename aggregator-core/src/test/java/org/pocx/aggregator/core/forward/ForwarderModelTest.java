package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.filter.BestPerAccount;
import org.pocx.aggregator.core.filter.GlobalBest;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.stats.FarmSnapshot;
import org.pocx.aggregator.core.stats.FateCounts;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Rejected.Scope;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Random histories of nonces, lies, trouble, rounds and forks. Whatever happens: nothing is sent that is not better than what
 * is confirmed, the counts add up, and once the trouble is over the best honest nonce of each key of the current round is
 * confirmed.
 */
class ForwarderModelTest {
    private static final int HISTORIES = Boolean.getBoolean("pocx.heavy") ? 20_000 : 400;
    private static final int STEPS = 120;

    @Test
    void randomHistories_poolMode_loseNothing() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(seed, new BestPerAccount(), pool()).play();
        }
    }

    @Test
    void randomHistories_walletMode_loseNothing() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(seed, new GlobalBest(), new ForwardSettings(4, new RetryAtNextPoll(), Duration.ZERO)).play();
        }
    }

    private static ForwardSettings pool() {
        return new ForwardSettings(
                4,
                new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                ForwardRig.BLOCK_TIME.multipliedBy(2));
    }

    /** What a nonce is worth, which the farm does not know. */
    private enum Truth {
        AS_CLAIMED,
        WORSE,
        BAD
    }

    private static final class History {
        private static final long LIE = 1_000;

        private final int seed;
        private final Random random;
        private final SubmissionFilter filter;
        private final ForwardRig rig;
        private final Map<NonceSubmission, Truth> offered = new HashMap<>();
        private final List<NonceSubmission> order = new ArrayList<>();
        private final Map<String, Long> confirmed = new HashMap<>();
        private boolean trouble;
        private int current = 1;
        private int newest = 1;

        History(int seed, SubmissionFilter filter, ForwardSettings settings) {
            this.seed = seed;
            this.random = new Random(seed);
            this.filter = filter;
            this.rig = new ForwardRig(filter, settings);
            rig.upstream.judge(this::judge);
        }

        void play() {
            rig.announce(round(current));
            for (int step = 0; step < STEPS; step++) {
                trouble = random.nextInt(3) > 0;
                step();
                assertThat(identity()).as("seed %d step %d", seed, step).isTrue();
            }
            trouble = false;
            for (int second = 0; second < 40; second++) {
                rig.pass(Duration.ofSeconds(1));
                rig.announce(round(current));
            }
            assertNothingMissing();
        }

        private void step() {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> offer();
                case 4 -> again();
                case 5, 6 -> rig.pass(Duration.ofMillis(random.nextInt(5_000)));
                case 7 -> rig.run();
                case 8 -> poll();
                default -> moveOn();
            }
        }

        private void offer() {
            int oldest = Math.max(1, newest - 1);
            MiningInfo round = round(random.nextInt(5) == 0 ? oldest : current);
            if (rig.rounds.find(round.blockHash()) == null) {
                return;
            }
            boolean liar = random.nextInt(4) == 0;
            NonceSubmission submission =
                    nonce(round, random.nextInt(3), order.size(), liar ? random.nextInt(5) : random.nextInt(500));
            offered.put(submission, liar ? anyTruth() : Truth.AS_CLAIMED);
            order.add(submission);
            rig.offer(submission, liar ? "liar" : "m" + random.nextInt(4));
        }

        private Truth anyTruth() {
            return List.of(Truth.AS_CLAIMED, Truth.WORSE, Truth.BAD).get(random.nextInt(3));
        }

        private void again() {
            if (!order.isEmpty()) {
                NonceSubmission old = order.get(random.nextInt(order.size()));
                if (rig.rounds.find(old.blockHash()) != null) {
                    rig.offer(old, "m0");
                }
            }
        }

        private void poll() {
            if (random.nextBoolean()) {
                rig.forwarder.upstreamFailed();
            } else {
                rig.poll(round(current));
            }
        }

        private void moveOn() {
            if (random.nextInt(3) == 0 && newest > 1 && rig.rounds.find(round(newest - 1).blockHash()) != null) {
                current = newest - 1;
            } else if (random.nextInt(3) == 0) {
                newest++;
                current = newest;
            }
            rig.poll(round(current));
        }

        private SubmitOutcome judge(NonceSubmission submission) {
            String key = submission.blockHash() + filter.keyOf(submission);
            assertThat(confirmed.get(key))
                    .as("seed %d: sent %d although something as good is confirmed", seed, submission.rawQuality())
                    .matches(best -> best == null || submission.rawQuality() < best);
            if (trouble && random.nextBoolean()) {
                return randomTrouble();
            }
            if (!submission.blockHash().equals(round(current).blockHash())) {
                return new SubmitOutcome.Stale(-26, "Block hash mismatch");
            }
            Truth truth = offered.getOrDefault(submission, Truth.BAD);
            if (truth == Truth.BAD) {
                return new SubmitOutcome.Rejected(-26, "PoCX validation failed", Scope.NONCE);
            }
            confirmed.merge(key, worth(submission, truth), Math::min);
            return new SubmitOutcome.Accepted(worth(submission, truth));
        }

        private static long worth(NonceSubmission submission, Truth truth) {
            return truth == Truth.WORSE ? submission.rawQuality() + LIE : submission.rawQuality();
        }

        private SubmitOutcome randomTrouble() {
            return switch (random.nextInt(6)) {
                case 0 -> new UpstreamTrouble.Unreachable("refused", false);
                case 1 -> new UpstreamTrouble.Unreachable("timed out", true);
                case 2 -> new UpstreamTrouble.Busy("busy", UpstreamTrouble.Busy.Scope.LANE, Optional.empty());
                case 3 -> new UpstreamTrouble.Busy(
                        "503", UpstreamTrouble.Busy.Scope.UPSTREAM,
                        Optional.of(Duration.ofSeconds(random.nextInt(40))));
                case 4 -> new UpstreamTrouble.WalletLocked("locked");
                default -> new SubmitOutcome.Stale(-32003, "stale");
            };
        }

        private boolean identity() {
            FarmSnapshot snapshot = rig.statistics.snapshot();
            FateCounts sum = snapshot.accounts().stream()
                    .map(FarmSnapshot.Account::counts)
                    .reduce(FateCounts.NONE, FateCounts::plus);
            return snapshot.counts().received() == offered.size()
                    && sum.equals(snapshot.counts())
                    && snapshot.counts().pending() >= 0
                    && snapshot.counts().filtered() >= 0
                    && snapshot.counts().superseded() >= 0
                    && snapshot.counts().stale() >= 0;
        }

        private void assertNothingMissing() {
            Map<String, Long> should = new HashMap<>();
            offered.forEach((submission, truth) -> {
                if (truth != Truth.BAD && submission.blockHash().equals(round(current).blockHash())) {
                    should.merge(
                            submission.blockHash() + filter.keyOf(submission), worth(submission, truth), Math::min);
                }
            });
            should.forEach((key, best) -> assertThat(confirmed.get(key))
                    .as("seed %d: the best of %s", seed, key)
                    .isEqualTo(best));
        }
    }
}
