package org.pocx.aggregator.statistics;

import java.time.Duration;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

/** An event of the statistics. Immutable; no value is null. */
public sealed interface StatisticsEvent {

    /**
     * A machine has become silent: it sent no request for as many rounds as the setting says, or it polls and submits
     * no nonces any more. Published once for each silence.
     *
     * @param miner the machine
     * @param missedRounds consecutive rounds without a nonce from it, at least 1
     */
    record MachineSilent(MinerId miner, int missedRounds) implements StatisticsEvent {}

    /**
     * A silent machine sends requests again, or nonces if only these were missing. Published once for each silence that was
     * published.
     *
     * @param miner the machine
     * @param silence time since its last request or nonce before
     */
    record MachineBack(MinerId miner, Duration silence) implements StatisticsEvent {}

    /**
     * A check showed that a nonce has another quality than its machine stated.
     *
     * @param nonce the nonce
     * @param rawQuality u64, computed
     * @param plot its plot, with this nonce
     * @param isNew whether the plot was not reported as bad within a day
     */
    record BadNonceFound(ReceivedNonce nonce, long rawQuality, BadPlot plot,
            boolean isNew) implements StatisticsEvent {}

    /**
     * An account of the farm won a block. Published once for each block.
     *
     * @param block the block
     */
    record BlockWon(WonBlock block) implements StatisticsEvent {}

    /**
     * A fork took a won block back, or gave it back.
     *
     * @param block its state now: orphaned or not
     */
    record BlockOrphaned(WonBlock block) implements StatisticsEvent {}

    /**
     * The farm should have won a block and did not.
     *
     * @param loss the nonce that should have won it
     */
    record BlockProbablyLost(ProbableLoss loss) implements StatisticsEvent {}

    /**
     * Blocks were counted, whoever won them.
     *
     * @param expectedWins what the farm was expected to win of those that were seen, 0 to 1
     * @param unseen how many of them were not seen, because the height grew by more than one between two polls
     */
    record BlocksCounted(double expectedWins, long unseen) implements StatisticsEvent {}

    /**
     * An event was added to the history. Published one at a time, in the order of the ids.
     *
     * @param event as it was recorded, with its id
     */
    record EventRecorded(FarmEvent event) implements StatisticsEvent {}

    /**
     * Something was found that the owner has to look at, or that is over.
     *
     * @param finding what was found
     */
    record FindingReported(Finding finding) implements StatisticsEvent {}
}
