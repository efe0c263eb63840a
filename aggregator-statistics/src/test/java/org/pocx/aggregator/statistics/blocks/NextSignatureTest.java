package org.pocx.aggregator.statistics.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Signatures of a running node. */
class NextSignatureTest {
    private static final String GENESIS = "6ac2b8a1426d73f8c8c92eed0eef8f998b6968c4587f71472a39c2b4c2097c68";
    private static final String NOBODY = "0".repeat(40);

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/next_generation_signature.csv", numLinesToSkip = 1)
    void signature_isThatOfTheNode(long height, String signature, String accountId, String next) {
        assertThat(new NextSignature(signature).ifWonBy(accountId)).as("height " + height).isEqualTo(next);
    }

    @Test
    void severalAccounts_doNotInfluenceEachOther() {
        NextSignature signature = new NextSignature(GENESIS);
        String first = signature.ifWonBy(NOBODY);

        assertThat(signature.ifWonBy("1".repeat(40))).isNotEqualTo(first);
        assertThat(signature.ifWonBy(NOBODY)).isEqualTo(first);
    }

    @Test
    void caseOfHex_makesNoDifference() {
        assertThat(new NextSignature(GENESIS.toUpperCase(Locale.ROOT)).ifWonBy("ab".repeat(20)))
                .isEqualTo(new NextSignature(GENESIS).ifWonBy("AB".repeat(20)));
    }
}
