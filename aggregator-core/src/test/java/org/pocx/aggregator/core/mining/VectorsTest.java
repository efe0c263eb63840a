package org.pocx.aggregator.core.mining;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The reference's answers. */
class VectorsTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/time_bending.csv", numLinesToSkip = 1)
    void pocTime_isTheReferences(String rawQuality, String baseTarget, String blockTime, String deadline) {
        long seconds = PocTime.forBlockTime(Long.parseUnsignedLong(blockTime))
                .seconds(Long.parseUnsignedLong(rawQuality), Long.parseUnsignedLong(baseTarget));

        assertThat(Long.toUnsignedString(seconds)).isEqualTo(deadline);
    }
}
