package org.pocx.aggregator.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Shabal256Test {
    /** The second message of the specification's own examples (the first one is 64 zeros). */
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            + "-0123456789-abcdefghijklmnopqrstuvwxyz";

    static Stream<Arguments> published() {
        return Stream.of(
                Arguments.of(new byte[64], "da8f08c02a67ba9a56bdd0798e48ae0714215e093b5b850649a37718993f54a2"),
                Arguments.of(
                        LETTERS.getBytes(StandardCharsets.US_ASCII),
                        "b49f34bf51864c30533cc46cc2542bdec2f96fd06f5c539aff6ead5883f7327a"),
                Arguments.of(new byte[0], "aec750d11feee9f16271922fbaf5a9be142f62019ef8d720f858940070889014"),
                Arguments.of(
                        "Beispielklartext".getBytes(StandardCharsets.US_ASCII),
                        "bd997701c83f7bad0d2bd53d5a124bc38ab448333c0700653a85924b75ffee7a"));
    }

    @ParameterizedTest
    @MethodSource("published")
    void publishedMessages_haveTheirPublishedHashes(byte[] message, String hash) {
        assertThat(HexFormat.of().formatHex(Shabal256.of(message))).isEqualTo(hash);
        assertThat(HexFormat.of().formatHex(SlowShabal.hash(message))).isEqualTo(hash);
    }

    @Test
    void randomMessages_ofAllLengths_areHashedAsTheSlowWay() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int length = 0; length < 300; length++) {
            byte[] message = new byte[length];
            random.nextBytes(message);

            assertThat(Shabal256.of(message)).as("seed %d, %d bytes", seed, length).isEqualTo(SlowShabal.hash(message));
        }
    }
}
