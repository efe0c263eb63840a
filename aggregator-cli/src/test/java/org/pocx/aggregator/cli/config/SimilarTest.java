package org.pocx.aggregator.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimilarTest {

    @ParameterizedTest
    @CsvSource({"'',abc,3", "abc,abc,0", "kitten,sitting,3", "url,ulr,2"})
    void twoWords_haveTheirDistance(String a, String b, int edits) {
        assertThat(Similar.edits(a, b)).isEqualTo(edits);
    }

    @Test
    void nothingKnown_nothingIsNear() {
        assertThat(Similar.nearest("a", List.of())).isEmpty();
    }
}
