package org.pocx.aggregator.statistics;

import java.time.Duration;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.history.FarmEvent;

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
