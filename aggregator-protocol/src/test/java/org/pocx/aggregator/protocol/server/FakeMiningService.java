package org.pocx.aggregator.protocol.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pocx.aggregator.core.MiningService;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfoAnswer;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionAnswer;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.upstream.VerdictAnswer;
import org.pocx.aggregator.protocol.Samples;

/** Returns the configured answers, and records the requests. */
final class FakeMiningService implements MiningService {
    final List<NonceSubmission> submissions = new CopyOnWriteArrayList<>();
    final List<MinerId> miners = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<VerdictAnswer>> awaited = new CopyOnWriteArrayList<>();

    /** What becomes of nonces whose senders wait; at first there is no verdict. */
    volatile Consumer<CompletableFuture<VerdictAnswer>> decisions = verdict -> {};

    volatile Supplier<MiningInfoAnswer> infos = Samples::miningInfo;
    volatile Function<NonceSubmission, SubmissionAnswer> verdicts =
            submission -> new SubmissionReceipt(submission.rawQuality(), 92);

    @Override
    public MiningInfoAnswer miningInfo(MinerId miner) {
        miners.add(miner);
        return infos.get();
    }

    @Override
    public SubmissionAnswer submit(NonceSubmission submission, MinerId miner) {
        miners.add(miner);
        submissions.add(submission);
        return verdicts.apply(submission);
    }

    @Override
    public SubmissionAnswer submit(
            NonceSubmission submission, MinerId miner, CompletableFuture<VerdictAnswer> verdict) {
        SubmissionAnswer answer = submit(submission, miner);
        awaited.add(verdict);
        decisions.accept(verdict);
        return answer;
    }
}
