package org.pocx.aggregator.statistics.detection;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.statistics.detection.OverlapEvidence.Pair;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.finding.PlotOverlap;
import org.pocx.aggregator.statistics.history.DetectorState;
import org.pocx.aggregator.statistics.history.HistoryChange;

/**
 * Finds pairs of machines that mine the same plot files: both sent at least {@value #NONCES} equal nonces (account, seed,
 * nonce, compression) in at least {@value #ROUNDS} rounds, and each sent other nonces as well. Two ids of one machine
 * ({@link SameMachine}) are not a pair, and neither is a machine that appeared when the other one had already left: its
 * disks were moved, or its address changed.
 *
 * <p>A pair without an equal nonce for a day begins anew. Each pair is reported once; it is over after a week without an
 * equal nonce.
 *
 * <p>Bounded: {@value #PAIRS} pairs of about 300 bytes, and the nonces of {@link FirstSenders}; less than 10 MB together,
 * also for 10,000 machines. Thread-safe; guarded by its monitor.
 */
final class OverlapDetector {
    static final String KIND = "overlap";
    static final int NONCES = 3;
    static final int ROUNDS = 2;
    static final int PAIRS = 10_000;
    static final int REPORTED = 1_000;

    private static final Duration EVIDENCE_KEPT = Duration.ofDays(1);
    private static final Duration REPORTED_KEPT = Duration.ofDays(7);

    private final FirstSenders senders;
    private final Consumer<HistoryChange> store;
    private final Map<Pair, OverlapEvidence> pairs = new LinkedHashMap<>();
    private final Map<Pair, Reported> reported = new LinkedHashMap<>();

    /** A reported pair. If the evidence is missing, it was reported before a restart. */
    private static final class Reported {
        private PlotOverlap overlap;
        private String round;
        private String roundBefore;
        private boolean written;

        Reported(PlotOverlap overlap, String round, String roundBefore) {
            this.overlap = overlap;
            this.round = round;
            this.roundBefore = roundBefore;
        }

        void add(String blockHash, Instant at) {
            boolean sameRound = round.equals(blockHash) || roundBefore.equals(blockHash);
            roundBefore = sameRound ? roundBefore : round;
            round = sameRound ? round : blockHash;
            overlap = new PlotOverlap(
                    overlap.machineA(),
                    overlap.machineB(),
                    overlap.since(),
                    at,
                    overlap.nonces() + 1,
                    overlap.rounds() + (sameRound ? 0 : 1));
            written = false;
        }
    }

    OverlapDetector(long secret, Consumer<HistoryChange> store) {
        this(new FirstSenders(secret), store);
    }

    OverlapDetector(FirstSenders senders, Consumer<HistoryChange> store) {
        this.senders = senders;
        this.store = store;
    }

    /**
     * A machine sent a nonce of a known round.
     *
     * @return the overlaps that this nonce proves
     */
    List<Finding> sent(NonceSubmission nonce, MachineWatch machine, Instant at) {
        long print = senders.print(nonce);
        synchronized (this) {
            MachineWatch first = senders.put(print, machine);
            if (isRepeatedBySameMachine(first, print, machine)) {
                return List.of();
            }
            machine.nonces().add(nonce.blockHash());
            if (first != null && isPair(first, machine)) {
                return shared(first, machine, nonce.blockHash(), at).stream().toList();
            }
            return machine.nonces().waiting().stream()
                    .flatMap(evidence -> report(evidence).stream())
                    .toList();
        }
    }

    /** A second machine that sends a nonce again is found by a print of nonce and machine. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isRepeatedBySameMachine(@Nullable MachineWatch first, long print, MachineWatch machine) {
        return first != null
                && (first == machine || senders.put(FirstSenders.combined(print, machine.id()), machine) != null);
    }

    private static boolean isPair(MachineWatch first, MachineWatch machine) {
        boolean hasLeft = machine.firstNanos() - first.seenNanos() > 0;
        return !hasLeft && !SameMachine.is(first.id(), machine.id());
    }

    private Optional<Finding> shared(MachineWatch one, MachineWatch other, String blockHash, Instant at) {
        Pair pair = Pair.of(one, other);
        Reported known = reported.get(pair);
        if (known != null && known.overlap.lastAt().plus(REPORTED_KEPT).isAfter(at)) {
            known.add(blockHash, at);
            return Optional.empty();
        }
        reported.remove(pair);
        OverlapEvidence evidence = pairs.get(pair);
        if (evidence == null || !evidence.lastAt().plus(EVIDENCE_KEPT).isAfter(at)) {
            pairs.remove(pair);
            evidence = new OverlapEvidence(one, other, at);
            put(pairs, pair, evidence, PAIRS);
        }
        evidence.add(blockHash, at);
        return report(evidence);
    }

    private Optional<Finding> report(OverlapEvidence evidence) {
        if (!evidence.isEnough() || reported.containsKey(evidence.pair())) {
            return Optional.empty();
        }
        if (!evidence.hasOthers()) {
            evidence.a().nonces().awaitOthers(evidence);
            evidence.b().nonces().awaitOthers(evidence);
            return Optional.empty();
        }
        evidence.a().nonces().remove(evidence);
        evidence.b().nonces().remove(evidence);
        pairs.remove(evidence.pair());
        PlotOverlap overlap = evidence.overlap();
        Reported now = new Reported(overlap, evidence.round(), evidence.roundBefore());
        put(reported, evidence.pair(), now, REPORTED);
        write(now);
        return Optional.of(new Finding.PlotsOverlap(
                evidence.a().miner(), evidence.b().miner(), overlap));
    }

    private static <V> void put(Map<Pair, V> map, Pair pair, V value, int max) {
        if (map.size() >= max) {
            Iterator<Pair> oldest = map.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        map.put(pair, value);
    }

    private void write(Reported pair) {
        pair.written = true;
        store.accept(new HistoryChange.DetectorRecorded(OverlapText.of(pair.overlap)));
    }

    /** Writes the counts that changed. */
    synchronized void write() {
        reported.values().stream().filter(pair -> !pair.written).forEach(this::write);
    }

    /** Restores a reported pair. */
    synchronized void restore(DetectorState state) {
        PlotOverlap overlap = OverlapText.parse(state);
        Reported known = new Reported(overlap, "", "");
        known.written = true;
        put(reported, new Pair(overlap.machineA(), overlap.machineB()), known, REPORTED);
    }

    /** The overlaps of the last week, the newest first. */
    synchronized List<PlotOverlap> overlaps(Instant now) {
        return reported.values().stream()
                .map(pair -> pair.overlap)
                .filter(overlap -> overlap.lastAt().plus(REPORTED_KEPT).isAfter(now))
                .sorted((one, other) -> other.since().compareTo(one.since()))
                .toList();
    }

    synchronized int watchedPairs() {
        return pairs.size();
    }
}
