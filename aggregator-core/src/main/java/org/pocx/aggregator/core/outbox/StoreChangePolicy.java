package org.pocx.aggregator.core.outbox;

import java.util.List;
import org.pocx.aggregator.core.backlog.BacklogPolicy;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.store.StoreChange;

/** Drops last what a restart needs most: the rounds, and the nonces that are to be forwarded. */
final class StoreChangePolicy implements BacklogPolicy<StoreChange> {
    @Override
    public boolean isExpendable(StoreChange change) {
        return switch (change) {
            // Without these, a restart sends a nonce once more, which is harmless.
            case StoreChange.RoundClosed round -> true;
            case StoreChange.OutboxRemoved nonce -> true;
            case StoreChange.VerdictGiven verdict -> true;
            case StoreChange.StandingGiven standing -> true;
            case StoreChange.RoundAnnounced round -> false;
            case StoreChange.OutboxPut nonce -> false;
        };
    }

    @Override
    public Object subject(StoreChange change) {
        return switch (change) {
            case StoreChange.RoundAnnounced announced -> List.of(announced.info(), announced.upstream());
            case StoreChange.RoundClosed closed -> closed.blockHash();
            case StoreChange.OutboxPut put -> nonce(
                    put.nonce().submission().blockHash(), put.nonce().submission().nonceId());
            case StoreChange.OutboxRemoved removed -> nonce(removed.blockHash(), removed.nonceId());
            case StoreChange.VerdictGiven given -> nonce(
                    given.verdict().submission().blockHash(),
                    given.verdict().submission().nonceId());
            case StoreChange.StandingGiven given -> List.of(
                    given.standing().blockHash(), given.standing().nonceId(), given.standing().upstream());
        };
    }

    private static Object nonce(String blockHash, NonceId nonceId) {
        return List.of(blockHash, nonceId);
    }
}
