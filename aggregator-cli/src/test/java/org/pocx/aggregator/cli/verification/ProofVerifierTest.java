package org.pocx.aggregator.cli.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.cli.verification.ProvenNonces.QUALITY;
import static org.pocx.aggregator.cli.verification.ProvenNonces.claiming;
import static org.pocx.aggregator.cli.verification.ProvenNonces.received;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gate's computations, by the reference's figures. */
class ProofVerifierTest {
    private final List<Long> results = new CopyOnWriteArrayList<>();
    private final ProofVerifier verifier = new ProofVerifier((nonce, rawQuality) -> results.add(rawQuality), 1);

    @AfterEach
    void close() {
        verifier.close();
    }

    @Test
    void nonce_isComputed_andTheResultReportedFirst() throws Exception {
        CompletableFuture<List<Long>> reported =
                verifier.quality(claiming(5, "a")).thenApply(quality -> List.copyOf(results));

        assertThat(reported.get(1, TimeUnit.MINUTES)).containsExactly(QUALITY);
    }

    @Test
    void cancelledOne_holdsUpNoOther() throws Exception {
        CompletableFuture<Long> long64 = verifier.quality(received(0, 6, 5, "a"));
        long64.cancel(true);

        assertThat(verifier.quality(claiming(5, "b")).get(1, TimeUnit.MINUTES)).isEqualTo(QUALITY);
        assertThat(results).containsExactly(QUALITY);
    }

    @Test
    void compressionThatCannotBeComputed_fails() {
        assertThat(verifier.quality(received(0, 7, 5, "a"))).isCompletedExceptionally();
    }

    @Test
    void closed_refuses() {
        verifier.close();

        assertThat(verifier.quality(claiming(5, "a"))).isCompletedExceptionally();
    }
}
