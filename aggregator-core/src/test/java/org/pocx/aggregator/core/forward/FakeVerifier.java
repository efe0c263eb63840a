package org.pocx.aggregator.core.forward;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.pocx.aggregator.core.filter.NonceVerifier;
import org.pocx.aggregator.core.mining.ReceivedNonce;

/** A verifier that gives the results that a test tells it to give. */
final class FakeVerifier implements NonceVerifier {
    private final Map<Long, CompletableFuture<Long>> asked = new LinkedHashMap<>();

    @Override
    public CompletableFuture<Long> quality(ReceivedNonce nonce) {
        CompletableFuture<Long> result = new CompletableFuture<>();
        asked.put(nonce.submission().rawQuality(), result);
        return result;
    }

    /** The claims that were to be verified, in order. */
    List<Long> asked() {
        return List.copyOf(asked.keySet());
    }

    CompletableFuture<Long> result(long claim) {
        return Objects.requireNonNull(asked.get(claim));
    }

    void proves(long claim) {
        result(claim).complete(claim);
    }

    void computes(long claim, long rawQuality) {
        result(claim).complete(rawQuality);
    }
}
