package org.pocx.aggregator.core.forward;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/**
 * What became of nonces of the open rounds that are in no lane any more, for senders that wait for a verdict: all that
 * upstreams confirmed or rejected, and those that were dropped without a verdict. Bounded: the oldest is forgotten.
 * Thread-safe, by its monitor, under which nobody is called.
 */
final class DecidedNonces {
    static final int MAX = 65_536;

    /** Dropped nonces kept at most: those of one round and key are dropped all the time while better ones come. */
    static final int MAX_DROPPED = 16_384;

    /** Confirmed and rejected ones, by the fingerprint of {@link SeenNonces}, which has another salt in each round. */
    private final Map<Long, Decision> verdicts = bounded(MAX);

    /** Those without a verdict, except filtered ones, which are the most. */
    private final Map<Long, Decision> dropped = bounded(MAX_DROPPED);

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
                    || fate == Fate.TAKEN_OVER
                    || (fate == Fate.REJECTED
                            && (upstream.equals(active) || Reason.isOfEveryUpstream(message.text())));
        }
    }

    synchronized void put(long fingerprint, Decision decision) {
        UpstreamMessage message = decision.message().equals(lastMessage) ? lastMessage : decision.message();
        lastMessage = message;
        verdicts.remove(fingerprint);
        dropped.remove(fingerprint);
        Decision kept = new Decision(
                decision.blockHash(), decision.fate(), decision.upstream(), decision.rawQuality(), message);
        switch (decision.fate()) {
            case CONFIRMED, TAKEN_OVER, REJECTED -> verdicts.put(fingerprint, kept);
            case PENDING, SUPERSEDED, STALE, EXPIRED -> dropped.put(fingerprint, kept);
            case FILTERED, REFUSED -> {}
        }
    }

    @Nullable
    synchronized Decision find(long fingerprint) {
        Decision verdict = verdicts.get(fingerprint);
        return verdict != null ? verdict : dropped.get(fingerprint);
    }

    /** The round is over. */
    synchronized void forget(String blockHash) {
        verdicts.values().removeIf(decision -> decision.blockHash().equals(blockHash));
        dropped.values().removeIf(decision -> decision.blockHash().equals(blockHash));
    }

    synchronized int size() {
        return verdicts.size() + dropped.size();
    }

    private static Map<Long, Decision> bounded(int max) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Decision> eldest) {
                return size() > max;
            }
        };
    }
}
