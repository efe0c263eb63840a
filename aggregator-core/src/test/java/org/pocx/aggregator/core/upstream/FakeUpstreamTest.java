package org.pocx.aggregator.core.upstream;

import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.testkit.UpstreamContract;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Rejected;

/** The fake can stand for real ones only if it is as they are. */
class FakeUpstreamTest extends UpstreamContract {
    private static final long BAD = 666;

    @Override
    protected Upstream open(MiningInfo announced) {
        FakeUpstream fake = new FakeUpstream();
        fake.announce(announced);
        fake.judge(nonce -> {
            if (!nonce.blockHash().equals(announced.blockHash())) {
                return new SubmitOutcome.Stale(new UpstreamMessage("stale", "-32003"));
            }
            return nonce.rawQuality() == BAD
                    ? new Rejected(new UpstreamMessage("bad plot", "-26"), true)
                    : new SubmitOutcome.Accepted(nonce.rawQuality());
        });
        return fake;
    }

    @Override
    protected NonceSubmission bad(MiningInfo announced) {
        return Nonces.nonce(announced, 1, 99, BAD);
    }

    @Override
    protected Upstream openWithNothingBehind() {
        FakeUpstream fake = new FakeUpstream();
        fake.judge(nonce -> UpstreamTrouble.unreachable("connection refused"));
        return fake;
    }
}
