package org.pocx.aggregator.core.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent.Delayed;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.AggregatorEvent.Forwarded;
import org.pocx.aggregator.core.event.AggregatorEvent.RoundChanged;
import org.pocx.aggregator.core.event.AggregatorEvent.UpstreamDown;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** Events, made in a few words. */
public final class Events {
    private Events() {}

    /** A nonce moves; a rejection is one of its proof. */
    public static FateChanged fateChanged(
            NonceSubmission nonce,
            MinerId miner,
            @Nullable Fate before,
            Fate after,
            long confirmedRawQuality,
            String message,
            Instant receivedAt,
            Duration sinceReceived) {
        return new FateChanged(
                new ReceivedNonce(nonce, miner, receivedAt),
                before,
                after,
                confirmedRawQuality,
                message,
                sinceReceived,
                after == Fate.REJECTED);
    }

    /** A nonce is sent for the first time. */
    public static Forwarded forwarded(ReceivedNonce nonce) {
        return new Forwarded(nonce, Optional.empty());
    }

    /** A nonce that is not confirmed got no verdict. */
    public static Delayed delayed(ReceivedNonce nonce, UpstreamTrouble trouble) {
        return new Delayed(nonce, trouble, false);
    }

    /** A new round. */
    public static RoundChanged opened(MiningInfo info) {
        return new RoundChanged(info, RoundChanged.Kind.OPENED);
    }

    /** An open round became the current one again. */
    public static RoundChanged revived(MiningInfo info) {
        return new RoundChanged(info, RoundChanged.Kind.REVIVED);
    }

    /** The current round has other figures. */
    public static RoundChanged reannounced(MiningInfo info) {
        return new RoundChanged(info, RoundChanged.Kind.REANNOUNCED);
    }

    /** The poll that begins an outage. */
    public static UpstreamDown down(UpstreamTrouble trouble) {
        return new UpstreamDown(trouble, Duration.ZERO, true);
    }

    /** A poll during an outage. */
    public static UpstreamDown stillDown(UpstreamTrouble trouble, Duration outage) {
        return new UpstreamDown(trouble, outage, false);
    }
}
