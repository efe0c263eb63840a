package org.pocx.aggregator.simulator.chain;

import java.time.Instant;
import java.util.Optional;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * One nonce that reached the chain.
 *
 * @param number 1 for the first nonce that reached the chain, rising by one
 * @param at when it was judged, by the wall clock
 * @param submission as it came
 * @param judgement what the chain said to it
 */
public record LedgerEntry(long number, Instant at, NonceSubmission submission, Judgement judgement) {

    /** {@return the chain's figures; empty when it was refused} */
    public Optional<Judgement.Accepted> accepted() {
        return judgement instanceof Judgement.Accepted accepted ? Optional.of(accepted) : Optional.empty();
    }

    /** {@return whether the chain took it} */
    public boolean isAccepted() {
        return accepted().isPresent();
    }

    /** {@return whether it was refused for being of another round} */
    public boolean isStale() {
        return judgement instanceof Judgement.Refused refused && refused.why().isStale();
    }

    /** {@return whether it was refused for a fault of its own, of its account, or of the wallet} */
    public boolean isRejected() {
        return !isAccepted() && !isStale();
    }
}
