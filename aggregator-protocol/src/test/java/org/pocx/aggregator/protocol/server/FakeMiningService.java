package org.pocx.aggregator.protocol.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pocx.aggregator.core.MiningService;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfoAnswer;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionAnswer;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.protocol.Samples;

/** Returns the configured answers, and records the requests. */
final class FakeMiningService implements MiningService {
    final List<NonceSubmission> submissions = new CopyOnWriteArrayList<>();
    final List<MinerId> miners = new CopyOnWriteArrayList<>();
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
}
