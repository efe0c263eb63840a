package org.pocx.aggregator.core.forward;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/**
 * What became of nonces of the open rounds that are in no lane any more, for senders that wait for a verdict: all that
 * upstreams confirmed or rejected, and those whose senders waited when they were dropped. Bounded: the oldest is forgotten.
 * Thread-safe, by its monitor, under which nobody is called.
 */
final class DecidedNonces {
    static final int MAX = 65_536;

    /** By the fingerprint of {@link SeenNonces}, which has another salt in each round. */
    private final Map<Long, Decision> decisions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Decision> eldest) {
            return size() > MAX;
        }
    };

    /** Most rejections have the same message, which is kept once. */
    private UpstreamMessage lastMessage = UpstreamMessage.NONE;

    /**
     * What became of a nonce.
     *
     * @param upstream the id of the upstream that was active
     * @param rawQuality u64, the confirmed one
     * @param message why it was rejected
     */
    record Decision(String blockHash, Fate fate, String upstream, long rawQuality, UpstreamMessage message) {

        /** Whether the upstream gives no other verdict. */
        boolean isFinalAt(String active) {
            return fate == Fate.CONFIRMED
                    || (fate == Fate.REJECTED
                            && (upstream.equals(active) || Reason.isOfEveryUpstream(message.text())));
        }
    }

    synchronized void put(long fingerprint, Decision decision) {
        UpstreamMessage message = decision.message().equals(lastMessage) ? lastMessage : decision.message();
        lastMessage = message;
        decisions.remove(fingerprint);
        decisions.put(
                fingerprint,
                new Decision(
                        decision.blockHash(), decision.fate(), decision.upstream(), decision.rawQuality(), message));
    }

    @Nullable
    synchronized Decision find(long fingerprint) {
        return decisions.get(fingerprint);
    }

    /** The round is over. */
    synchronized void forget(String blockHash) {
        decisions.values().removeIf(decision -> Objects.equals(decision.blockHash(), blockHash));
    }

    synchronized int size() {
        return decisions.size();
    }
}
