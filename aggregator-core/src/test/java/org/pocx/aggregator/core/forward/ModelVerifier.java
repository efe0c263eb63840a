package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import org.pocx.aggregator.core.filter.NonceVerifier;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.time.Scheduler;

/** Knows what each nonce is worth, after a time that depends on the nonce and is sometimes too long. */
record ModelVerifier(Scheduler scheduler, ToLongFunction<NonceSubmission> truth) implements NonceVerifier {
    private static final int LONGEST_MILLIS = 700;

    @Override
    public CompletableFuture<Long> quality(ReceivedNonce nonce) {
        CompletableFuture<Long> quality = new CompletableFuture<>();
        scheduler.schedule(
                Duration.ofMillis(nonce.submission().nonce() * 97 % LONGEST_MILLIS),
                () -> quality.complete(truth.applyAsLong(nonce.submission())));
        return quality;
    }
}
