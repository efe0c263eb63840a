package org.pocx.aggregator.examples;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.proof.Challenge;
import org.pocx.aggregator.proof.PlotNonce;
import org.pocx.aggregator.proof.PocxProof;

/**
 * A pool's check of a block's claims, on all cores. It begins with the best claim, and ends as soon as no claim that is left
 * can be better than one that holds: of a thousand claims, few are computed.
 */
public final class BatchCheck {
    private final List<NonceSubmission> bestFirst;
    private final boolean[] computed;
    private Optional<NonceSubmission> best = Optional.empty();

    private BatchCheck(List<NonceSubmission> claims) {
        bestFirst = claims.stream()
                .sorted(Comparator.comparing(NonceSubmission::rawQuality, Long::compareUnsigned))
                .toList();
        computed = new boolean[bestFirst.size()];
    }

    /**
     * {@return the best claim that is true, if any is}
     *
     * @param claims nonces of one block, of compression 0 to 6
     * @param threads at most as many as there are cores
     */
    public static Optional<NonceSubmission> best(List<NonceSubmission> claims, int threads)
            throws InterruptedException {
        BatchCheck check = new BatchCheck(claims);
        PocxProof.qualities(check.bestFirst.stream().map(ProvenQuality::task).toList(), threads, check::goOn);
        return check.best;
    }

    /** With several threads, a claim may be computed before a better one: that one is waited for. */
    private boolean goOn(int index, long rawQuality) {
        computed[index] = true;
        NonceSubmission claim = bestFirst.get(index);
        boolean isTrue = rawQuality == claim.rawQuality();
        if (isTrue && best.filter(other -> bestFirst.indexOf(other) < index).isEmpty()) {
            best = Optional.of(claim);
        }
        return best.isEmpty() || !isDecided(bestFirst.indexOf(best.get()));
    }

    private boolean isDecided(int index) {
        boolean[] before = Arrays.copyOf(computed, index);
        for (boolean known : before) {
            if (!known) {
                return false;
            }
        }
        return true;
    }

    /** Three claims, of which the best one is false. */
    public static void main(String[] args) throws InterruptedException {
        MiningInfo info = new MiningInfo("5e".repeat(32), 36_650_387_592L, 1_000, "b0".repeat(32));
        NonceSubmission.Builder nonce = NonceSubmission.builder()
                .round(info).accountId("a1".repeat(20)).seed("5d".repeat(32)).compression(0);
        long quality = PocxProof.quality(
                new PlotNonce("a1".repeat(20), "5d".repeat(32), 1, 0), new Challenge("5e".repeat(32), 1_000));
        System.out.println(best(
                List.of(
                        nonce.nonce(3).rawQuality(quality + 1).build(),
                        nonce.nonce(1).rawQuality(quality).build(),
                        nonce.nonce(2).rawQuality(1).build()),
                Runtime.getRuntime().availableProcessors()));
    }
}
