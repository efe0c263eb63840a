package org.pocx.aggregator.simulator.farm;

import java.util.SplittableRandom;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.simulator.chain.ChainListener;
import org.pocx.aggregator.simulator.chain.QualityFunction;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.chain.Tip;

/**
 * Another farm of the network, which mines on the chain without an aggregator. In each round it submits its best nonce
 * at once: the chain forges a block only when its poc_time is over.
 *
 * <p>Thread-safe: its monitor guards the random numbers.
 */
public final class RivalFarm implements ChainListener {
    private static final double MEAN_OF_ONE_TIB = 0x1p42;

    private final SimulatedChain chain;
    private final Plot plot;
    private final SplittableRandom random;

    /**
     * Creates a farm that does not mine yet.
     *
     * @param chain where it mines
     * @param plot its only plot, with all of its capacity
     * @param seed equal seeds give equal qualities
     */
    public RivalFarm(SimulatedChain chain, Plot plot, long seed) {
        this.chain = chain;
        this.plot = plot;
        this.random = new SplittableRandom(seed);
    }

    /** Mines the current round and all later ones. Call it once. */
    public void start() {
        chain.addListener(this);
        mine();
    }

    @Override
    public void tipChanged(Tip tip) {
        mine();
    }

    private void mine() {
        MiningInfo round = chain.miningInfo();
        long quality = (long) (-Math.log(1 - draw()) * MEAN_OF_ONE_TIB / plot.capacityTib());
        QualityFunction qualities =
                QualityFunction.of(round.generationSignature(), plot.accountId(), plot.seed(), plot.compression());
        chain.submit(plot.submission(round, qualities.nonceOf(quality), quality));
    }

    private synchronized double draw() {
        return random.nextDouble();
    }
}
