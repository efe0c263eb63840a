package org.pocx.aggregator.cli.it;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * Both sides of the promise: the receipts that miners have, and what the upstream got. Of each round and key it keeps the
 * best, for the last rounds only.
 *
 * <p>Thread-safe: everything belongs to its monitor.
 */
final class NonceLedger {
    private static final int OPEN_ROUNDS = 3;

    private final Function<NonceSubmission, String> key;
    private final int acceptedRounds;
    private final Map<String, RoundOfNonces> rounds = new LinkedHashMap<>();
    private long submissions;
    private long receipts;
    private long unanswered;
    private long arrivals;
    private long resent;
    private long confirmed;
    private final List<String> refusals = new ArrayList<>();

    /**
     * @param key what the best is sought for: the account, or one for all
     * @param acceptedRounds of how many rounds the upstream takes nonces; those of older ones need only reach it
     */
    NonceLedger(Function<NonceSubmission, String> key, int acceptedRounds) {
        this.key = key;
        this.acceptedRounds = acceptedRounds;
    }

    /** A new round; the oldest one is forgotten. */
    synchronized void open(String blockHash) {
        rounds.put(blockHash, new RoundOfNonces());
        if (rounds.size() > OPEN_ROUNDS) {
            rounds.remove(rounds.keySet().iterator().next());
        }
    }

    synchronized void submitted() {
        submissions++;
    }

    /** A miner has read the whole of the answer, and it is a receipt. */
    synchronized void receipt(NonceSubmission submission) {
        receipts++;
        RoundOfNonces round = rounds.get(submission.blockHash());
        if (round != null) {
            round.receipts.merge(key.apply(submission), submission, (a, b) -> isBetter(b, a) ? b : a);
        }
    }

    synchronized void unanswered() {
        unanswered++;
    }

    /** A miner was told an error: it would never send that nonce again. */
    synchronized void refused(String answer) {
        refusals.add(answer);
    }

    /**
     * A nonce came to the upstream, which confirms it, or says that it is stale, busy, or nothing at all.
     *
     * @return whether it is of a round whose nonces the upstream takes
     */
    synchronized boolean arrived(NonceSubmission submission, boolean confirms) {
        arrivals++;
        RoundOfNonces round = rounds.get(submission.blockHash());
        if (round == null) {
            return false;
        }
        resent += round.arrived.add(submission.nonceId()) ? 0 : 1;
        note(round.reached, submission);
        boolean accepted = accepted().contains(round);
        if (confirms && accepted) {
            confirmed++;
            note(round.confirmed, submission);
        }
        return accepted;
    }

    private void note(Map<String, Long> bests, NonceSubmission submission) {
        bests.merge(key.apply(submission), submission.rawQuality(), Math::min);
    }

    private List<RoundOfNonces> accepted() {
        List<RoundOfNonces> all = List.copyOf(rounds.values());
        return all.subList(Math.max(0, all.size() - acceptedRounds), all.size());
    }

    /**
     * The best nonces with a receipt of the open rounds that the upstream has not: where it could confirm them, it has
     * confirmed none as good of their key; where it would call them stale, none as good has even reached it.
     */
    synchronized List<NonceSubmission> missing() {
        List<NonceSubmission> missing = new ArrayList<>();
        List<RoundOfNonces> accepted = accepted();
        for (RoundOfNonces round : rounds.values()) {
            Map<String, Long> bests = accepted.contains(round) ? round.confirmed : round.reached;
            round.receipts.forEach((key, best) -> {
                if (bests.getOrDefault(key, Long.MAX_VALUE) > best.rawQuality()) {
                    missing.add(best);
                }
            });
        }
        return missing;
    }

    /** Whether that very nonce has come to the upstream, since its round is known. */
    synchronized boolean hasArrived(NonceSubmission submission) {
        RoundOfNonces round = rounds.get(submission.blockHash());
        return round != null && round.arrived.contains(submission.nonceId());
    }

    synchronized long arrivals() {
        return arrivals;
    }

    synchronized long receipts() {
        return receipts;
    }

    synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }

    @Override
    public synchronized String toString() {
        return "submissions " + submissions + ", receipts " + receipts + ", unanswered " + unanswered
                + ", arrived upstream " + arrivals + ", confirmed " + confirmed + ", resent " + resent;
    }

    private static boolean isBetter(NonceSubmission a, NonceSubmission b) {
        return a.rawQuality() < b.rawQuality(); // the miners of these tests claim less than 2^63
    }

    private static final class RoundOfNonces {
        private final Map<String, NonceSubmission> receipts = new HashMap<>();
        private final Map<String, Long> confirmed = new HashMap<>();
        private final Map<String, Long> reached = new HashMap<>();
        private final Set<NonceId> arrived = new HashSet<>();
    }
}
