package org.pocx.aggregator.core.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * An upstream that answers what it is told to: at first it is unreachable for mining info, and accepts each nonce at its
 * claim. Thread-safe.
 */
public final class FakeUpstream implements Upstream {
    private final List<NonceSubmission> submitted = new CopyOnWriteArrayList<>();
    private volatile MiningInfoOutcome info = UpstreamTrouble.unreachable("connection refused");
    private volatile Function<NonceSubmission, SubmitOutcome> judge =
            submission -> new SubmitOutcome.Accepted(submission.rawQuality());
    private volatile String stamp = "";
    private volatile boolean waiting;
    private volatile int polls;

    /** Announces a round. */
    public void announce(MiningInfo announced) {
        info = new MiningInfoOutcome.Fetched(announced);
    }

    /** Answers every question for mining info with trouble. */
    public void fail(UpstreamTrouble trouble) {
        info = trouble;
    }

    /** Answers every nonce so. The function may block as an upstream that hangs does. */
    public void judge(Function<NonceSubmission, SubmitOutcome> verdict) {
        judge = verdict;
    }

    /** Hangs until the latch is open, as a judge may; interrupted, it did not answer. */
    public static SubmitOutcome hang(CountDownLatch latch) {
        try {
            latch.await();
            return new SubmitOutcome.Accepted(0);
        } catch (InterruptedException e) {
            return UpstreamTrouble.unreachable("interrupted");
        }
    }

    public void credentialsStamp(String now) {
        stamp = now;
    }

    /** Whether it shows that it answers a nonce when it has a verdict. */
    public void waitsForVerdicts(boolean waits) {
        waiting = waits;
    }

    /** The nonces that were sent, in the order of their arrival. */
    public List<NonceSubmission> submitted() {
        return List.copyOf(submitted);
    }

    /** How often mining info was asked for. */
    public int polls() {
        return polls;
    }

    @Override
    public synchronized MiningInfoOutcome fetchMiningInfo() {
        polls++;
        return info;
    }

    @Override
    public SubmitOutcome submit(NonceSubmission submission) {
        submitted.add(submission);
        return judge.apply(submission);
    }

    @Override
    public boolean waitsForVerdicts() {
        return waiting;
    }

    @Override
    public String credentialsStamp() {
        return stamp;
    }
}
