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

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/network_capacity.csv", numLinesToSkip = 1)
    void networkCapacity_isTheReferences_butForTheLargerUnit(String baseTarget, long blockTime, String text) {
        double tib = Capacity.networkTib(Long.parseUnsignedLong(baseTarget), blockTime);

        assertThat(Capacity.text(tib)).isEqualTo(withLargerUnit(text));
    }

    /** The reference prints 1024.0 of a unit where rounding reaches the next one. */
    static String withLargerUnit(String text) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        for (int i = 0; i < units.length - 1; i++) {
            if (text.equals("1024.0 " + units[i])) {
                return "1.0 " + units[i + 1];
            }
        }
        return text;
    }
}
