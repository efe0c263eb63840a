package org.pocx.aggregator.statistics.detection;

import java.time.Instant;
import org.pocx.aggregator.statistics.finding.PlotOverlap;

/** The equal nonces of two machines. Belongs to the monitor of the {@link OverlapDetector}. */
final class OverlapEvidence {
    private final Pair pair;
    private final MachineWatch a;
    private final MachineWatch b;
    private final long beforeA;
    private final long beforeB;
    private final Instant since;
    private Instant lastAt;
    private long nonces;
    private long rounds;
    private String round = "";
    private String roundBefore = "";

    /** The ids of two machines, in the order of the alphabet. */
    record Pair(String a, String b) {
        static Pair of(MachineWatch one, MachineWatch other) {
            return one.id().compareTo(other.id()) < 0 ? new Pair(one.id(), other.id()) : new Pair(other.id(), one.id());
        }
    }

    OverlapEvidence(MachineWatch one, MachineWatch other, Instant at) {
        this.pair = Pair.of(one, other);
        this.a = pair.a().equals(one.id()) ? one : other;
        this.b = pair.a().equals(one.id()) ? other : one;
        this.beforeA = a.nonces().beforeRound();
        this.beforeB = b.nonces().beforeRound();
        this.since = at;
        this.lastAt = at;
    }

    Pair pair() {
        return pair;
    }

    MachineWatch a() {
        return a;
    }

    MachineWatch b() {
        return b;
    }

    Instant lastAt() {
        return lastAt;
    }

    /** Another equal nonce. Late nonces of the round before are of a round that is counted already. */
    void add(String blockHash, Instant at) {
        nonces++;
        lastAt = at;
        if (!blockHash.equals(round) && !blockHash.equals(roundBefore)) {
            rounds++;
            roundBefore = round;
            round = blockHash;
        }
    }

    /** Whether there are enough equal nonces. */
    boolean isEnough() {
        return nonces >= OverlapDetector.NONCES && rounds >= OverlapDetector.ROUNDS;
    }

    /** Whether both machines sent other nonces, too, since the round of the first equal one began. */
    boolean hasOthers() {
        return a.nonces().total() - beforeA > nonces && b.nonces().total() - beforeB > nonces;
    }

    /** The block hashes of the last two rounds with an equal nonce, the last one first; empty texts if there are fewer. */
    String round() {
        return round;
    }

    String roundBefore() {
        return roundBefore;
    }

    PlotOverlap overlap() {
        return new PlotOverlap(pair.a(), pair.b(), since, lastAt, nonces, rounds);
    }
}
