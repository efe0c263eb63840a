package org.pocx.aggregator.statistics.detection;

import java.util.ArrayList;
import java.util.List;

/** How many different nonces one machine sent. Belongs to the monitor of the {@link OverlapDetector}. */
final class SentNonces {
    /** More pairs that wait for other nonces are looked at when they have their next equal nonce. */
    private static final int MAX_WAITING = 16;

    private String round = "";
    private long total;
    private long beforeRound;
    private final List<OverlapEvidence> waiting = new ArrayList<>(0);

    void add(String blockHash) {
        if (!round.equals(blockHash)) {
            round = blockHash;
            beforeRound = total;
        }
        total++;
    }

    long total() {
        return total;
    }

    /** The total when the current round began. */
    long beforeRound() {
        return beforeRound;
    }

    /** The pair lacks only other nonces of this machine or the other one. */
    void awaitOthers(OverlapEvidence evidence) {
        waiting.removeIf(known -> known.pair().equals(evidence.pair()));
        if (waiting.size() < MAX_WAITING) {
            waiting.add(evidence);
        }
    }

    List<OverlapEvidence> waiting() {
        return List.copyOf(waiting);
    }

    void remove(OverlapEvidence evidence) {
        waiting.remove(evidence);
    }
}
