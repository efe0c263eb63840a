package org.pocx.aggregator.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProofComputationTest {
    private final ProofVector vector = ProofVector.all().stream()
            .filter(candidate -> candidate.nonce().compression() == 1)
            .findFirst()
            .orElseThrow();

    private final ProofComputation computation = PocxProof.start(vector.nonce(), vector.challenge());

    @Test
    void steps_computeOnePartAfterTheOther() {
        assertThat(computation.partsLeft()).isEqualTo(2);
        computation.advance();
        assertThat(computation.partsLeft()).isEqualTo(1);
        assertThatThrownBy(computation::quality).isInstanceOf(IllegalStateException.class);
        computation.advance();

        assertThat(computation.partsLeft()).isZero();
        computation.advance();
        assertThat(computation.quality()).isEqualTo(vector.rawQuality());
    }

    @Test
    void cancelBeforeAStep_endsItAtOnce() {
        computation.cancel();

        assertThatThrownBy(computation::advance).isInstanceOf(CancellationException.class);
        assertThat(computation.partsLeft()).isEqualTo(2);
    }

    @Test
    void cancelDuringAStep_endsIt() {
        ProofComputation endless = PocxProof.start(
                new PlotNonce(vector.nonce().accountId(), vector.nonce().seed(), 1, 6), vector.challenge());
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
            while (endless.partsLeft() > 0) {
                endless.advance();
            }
        });

        endless.cancel();

        assertThat(running).failsWithin(60, TimeUnit.SECONDS).withThrowableThat()
                .withCauseInstanceOf(CancellationException.class);
    }
}
