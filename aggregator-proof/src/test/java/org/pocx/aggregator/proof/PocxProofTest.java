package org.pocx.aggregator.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs twice: in plain Java, and in a JVM with the Vector API. */
class PocxProofTest {

    /** Those whose arithmetic differs, and one of each compression that takes less than a second. */
    static Stream<ProofVector> quickVectors() {
        int highest = PocxProof.lanes() > 1 ? PlotNonce.MAX_COMPRESSION : 2;
        return ProofVector.all().stream().filter(vector -> switch (vector.nonce().compression()) {
            case 0, 1 -> vector.nonce().nonce() > 4_096;
            default -> vector.nonce().nonce() == 0 && vector.nonce().compression() <= highest;
        });
    }

    static Stream<ProofVector> allVectors() {
        return ProofVector.all().stream();
    }

    @ParameterizedTest
    @MethodSource("quickVectors")
    void nonce_hasTheQualityThatTheReferenceComputes(ProofVector vector) {
        assertThat(PocxProof.quality(vector.nonce(), vector.challenge())).isEqualTo(vector.rawQuality());
    }

    @ParameterizedTest
    @MethodSource("allVectors")
    @EnabledIfSystemProperty(named = "pocx.heavy", matches = "true", disabledReason = "computes for a minute; run it with -Pheavy")
    void everyNonce_hasTheQualityThatTheReferenceComputes(ProofVector vector) {
        assertThat(PocxProof.quality(vector.nonce(), vector.challenge())).isEqualTo(vector.rawQuality());
    }

    @ParameterizedTest
    @MethodSource("allVectors")
    void scoopAndQuality_areThoseOfTheReference(ProofVector vector) {
        byte[] data = HexFormat.of().parseHex(vector.scoopData());

        assertThat(vector.challenge().scoop()).isEqualTo(vector.scoop());
        assertThat(vector.challenge().quality(data)).isEqualTo(vector.rawQuality());
    }

    @Test
    void plottedNonce_hasTheScoopOfTheReference() {
        ProofVector vector = ProofVector.all().get(0);

        byte[] data = PocxProof.scoops(vector.nonce());

        int at = vector.scoop() * PocxProof.SCOOP_BYTES;
        assertThat(HexFormat.of().formatHex(Arrays.copyOfRange(data, at, at + PocxProof.SCOOP_BYTES)))
                .isEqualTo(vector.scoopData());
        assertThat(data).hasSize(256 * 1024);
    }

    @Test
    void scoopsOfACompressedNonce_areRefused() {
        PlotNonce compressed = new PlotNonce("a1".repeat(20), "5e".repeat(32), 0, 1);

        assertThatThrownBy(() -> PocxProof.scoops(compressed))
                .hasMessage("compression must be 0 to compute all scoops of a nonce");
        assertThatThrownBy(() -> new Challenge("5e".repeat(32), 0).quality(new byte[63]))
                .hasMessage("a scoop must have 64 bytes");
    }

    @Test
    void randomNonce_hasTheQualityOfTheSlowWay() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        PlotNonce nonce = new PlotNonce(hex(random, 20), hex(random, 32), random.nextLong() >>> 2, 1);
        Challenge challenge = new Challenge(hex(random, 32), random.nextLong());

        assertThat(challenge.scoop()).as("seed %d", seed).isEqualTo(SlowProof.scoop(challenge));
        assertThat(PocxProof.quality(nonce, challenge))
                .as("seed %d: %s, %s", seed, nonce, challenge)
                .isEqualTo(SlowProof.quality(nonce, challenge));
    }

    @Test
    void digitsInUpperCase_areTheSame() {
        ProofVector vector = ProofVector.all().get(0);
        PlotNonce nonce = vector.nonce();
        PlotNonce upper = new PlotNonce(nonce.accountId().toUpperCase(Locale.ROOT), nonce.seed(), 0, 0);

        assertThat(PocxProof.quality(upper, vector.challenge())).isEqualTo(vector.rawQuality());
    }

    @Test
    void wrongFields_areNamed() {
        String account = "a1".repeat(20);
        String hash = "5e".repeat(32);

        assertThatThrownBy(() -> new PlotNonce(hash, hash, 0, 0))
                .hasMessage("account_id must have 40 hexadecimal digits");
        assertThatThrownBy(() -> new PlotNonce(account, "x" + hash.substring(1), 0, 0))
                .hasMessage("seed must have 64 hexadecimal digits");
        assertThatThrownBy(() -> new PlotNonce(account, hash, 0, 7)).hasMessage("compression must be 0 to 6");
        assertThatThrownBy(() -> new PlotNonce(account, hash, 0, -1)).hasMessage("compression must be 0 to 6");
        assertThatThrownBy(() -> new Challenge("", 0))
                .hasMessage("generation_signature must have 64 hexadecimal digits");
    }

    private static String hex(Random random, int bytes) {
        byte[] made = new byte[bytes];
        random.nextBytes(made);
        return HexFormat.of().formatHex(made);
    }
}
