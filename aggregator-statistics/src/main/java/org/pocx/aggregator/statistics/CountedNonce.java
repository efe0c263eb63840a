package org.pocx.aggregator.statistics;

import java.time.Instant;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.store.Verdict;

/**
 * A nonce that counts for its machine until it is rejected.
 *
 * @param blockHash its round; empty if it was restored from the history
 * @param print distinguishes the nonces of one machine, account and round; 0 if it was restored
 */
record CountedNonce(String blockHash, long height, long print, long rawQuality, Instant at, Fate fate) {

    static CountedNonce of(FateChanged event, String blockHash) {
        NonceSubmission submission = event.nonce().submission();
        return new CountedNonce(
                blockHash,
                submission.height(),
                print(submission),
                event.confirmedRawQuality(),
                event.nonce().receivedAt(),
                event.after());
    }

    /** The fate of a nonce that an upstream took. */
    static Fate fate(Verdict accepted) {
        return accepted.outcome() == Verdict.Outcome.TAKEN_OVER ? Fate.TAKEN_OVER : Fate.CONFIRMED;
    }

    static CountedNonce of(Verdict confirmed) {
        NonceSubmission submission = confirmed.submission();
        return new CountedNonce(
                submission.blockHash(),
                submission.height(),
                print(submission),
                confirmed.confirmedRawQuality(),
                confirmed.nonce().receivedAt(),
                fate(confirmed));
    }

    static long print(NonceSubmission submission) {
        long mixed = ((submission.nonce() * 31 + submission.compression()) * 31 + submission.rawQuality())
                * 0x9E3779B97F4A7C15L
                ^ submission.seed().hashCode()
                ^ (long) submission.generationSignature().hashCode() << 32
                ^ submission.coinbaseOutputs().text().hashCode() * 31L;
        return mixed == 0 ? 1 : mixed;
    }

    boolean isOf(String round, long nonce) {
        return print == nonce && blockHash.equals(round);
    }
}
