package org.pocx.aggregator.examples;

import java.util.Set;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.testkit.UpstreamContract;
import org.pocx.aggregator.core.upstream.Upstream;

class EmbeddedPoolContractTest extends UpstreamContract {
    private static final long FORGED = 666;

    @Override
    protected Upstream open(MiningInfo announced) {
        EmbeddedPool pool = new EmbeddedPool(
                Set.of(Nonces.account(1)), nonce -> nonce.rawQuality() == FORGED ? FORGED + 1 : nonce.rawQuality());
        pool.mine(announced);
        return pool;
    }

    @Override
    protected NonceSubmission bad(MiningInfo announced) {
        return Nonces.nonce(announced, 1, 99, FORGED);
    }

    @Override
    protected Upstream openWithNothingBehind() {
        return new EmbeddedPool(Set.of(Nonces.account(1)), NonceSubmission::rawQuality);
    }
}
