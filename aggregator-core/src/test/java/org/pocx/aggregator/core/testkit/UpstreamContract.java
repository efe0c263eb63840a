package org.pocx.aggregator.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Rejected;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** What every {@link Upstream} must do, whatever stands behind it: extend it beside each one. */
@Timeout(180)
public abstract class UpstreamContract {
    private static final MiningInfo ROUND = Nonces.round(100);
    private static final long SECONDS_TO_STOP = 60;

    private Upstream upstream;

    /**
     * Opens yours, with something behind it that announces this round, accepts each nonce of it for {@link
     * Nonces#account} 1 at its claim, but {@link #bad}, and calls nonces of every other round stale.
     */
    protected abstract Upstream open(MiningInfo announced) throws Exception;

    /** A nonce of the round, for account 1, that what stands behind it rejects because of the nonce. */
    protected abstract NonceSubmission bad(MiningInfo announced);

    /** Opens yours, with nobody behind it who could answer. */
    protected abstract Upstream openWithNothingBehind() throws Exception;

    @BeforeEach
    void openUpstream() throws Exception {
        upstream = open(ROUND);
    }

    @AfterEach
    void closeUpstream() {
        upstream.close();
    }

    private static NonceSubmission good(int number) {
        return Nonces.nonce(ROUND, 1, number, 1_000 + number);
    }

    @Test
    void miningInfo_isWhatIsAnnounced() {
        assertThat(upstream.fetchMiningInfo()).isEqualTo(new MiningInfoOutcome.Fetched(ROUND));
    }

    @Test
    void goodNonce_isAcceptedAtItsQuality() {
        assertThat(upstream.submit(good(1))).isEqualTo(new SubmitOutcome.Accepted(1_001));
    }

    @Test
    void qualityAbove63Bits_isKeptExactly() {
        NonceSubmission worst = Nonces.nonce(ROUND, 1, -1, -2);

        assertThat(upstream.submit(worst)).isEqualTo(new SubmitOutcome.Accepted(-2));
    }

    @Test
    void nonceSentTwice_isNotRejected() {
        upstream.submit(good(1));

        assertThat(upstream.submit(good(1))).isNotInstanceOf(Rejected.class);
    }

    @Test
    void badNonce_isRejectedInOneLineOfWords() {
        assertThat(upstream.submit(bad(ROUND))).isInstanceOfSatisfying(Rejected.class, verdict -> {
            assertThat(verdict.badProof()).isTrue();
            assertOneLine(verdict.message().text());
        });
    }

    @Test
    void nonceOfAnotherRound_isStale() {
        assertThat(upstream.submit(Nonces.nonce(Nonces.round(55), 1, 1, 5))).isInstanceOf(SubmitOutcome.Stale.class);
    }

    @Test
    void nobodyThere_isTroubleInOneLineAndNoException() throws Exception {
        try (Upstream alone = openWithNothingBehind()) {
            assertTrouble(alone.fetchMiningInfo());
            assertTrouble(alone.submit(good(1)));
        }
    }

    private static void assertTrouble(Object outcome) {
        assertThat(outcome).isInstanceOfSatisfying(UpstreamTrouble.class, trouble -> assertOneLine(trouble.message().text()));
    }

    private static void assertOneLine(String words) {
        assertThat(words).isNotBlank().doesNotContain("\n", "\r");
    }

    @Test
    void callsFromManyThreads_haveEachItsOwnAnswer() throws Exception {
        List<Future<SubmitOutcome>> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                NonceSubmission nonce = good(i);
                outcomes.add(threads.submit(() -> upstream.submit(nonce)));
            }
        }
        for (int i = 0; i < 64; i++) {
            assertThat(outcomes.get(i).get()).isEqualTo(new SubmitOutcome.Accepted(1_000 + i));
        }
    }

    @Test
    void interruptedCall_endsAsAValue() throws Exception {
        assertEndsAsAValue(() -> {
            Thread.currentThread().interrupt();
            return upstream.submit(good(1));
        });
        assertEndsAsAValue(() -> {
            Thread.currentThread().interrupt();
            return upstream.fetchMiningInfo();
        });
    }

    @Test
    void closedUpstream_closesAgainAndStillEndsCallsAsValues() throws Exception {
        upstream.close();
        upstream.close();

        assertEndsAsAValue(upstream::fetchMiningInfo);
        assertEndsAsAValue(() -> upstream.submit(good(1)));
    }

    private static void assertEndsAsAValue(Callable<?> call) throws Exception {
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat((Object) thread.submit(call).get(SECONDS_TO_STOP, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void credentialsStamp_staysWhileNothingChanges() {
        assertThat(upstream.credentialsStamp()).isNotNull().isEqualTo(upstream.credentialsStamp());
    }

    @Test
    void close_leavesNoThread() throws Exception {
        Threads before = Threads.now();
        try (Upstream other = open(ROUND)) {
            other.submit(good(1));
        }

        awaitThreadsBut(before);
    }

    /** Override this where what stands behind yours keeps threads of its own, to end that first. */
    protected void awaitThreadsBut(Threads before) {
        before.awaitNoOthers();
    }
}
