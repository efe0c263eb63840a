package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class SoakFiguresTest {
    private static final long MIB = 1 << 20;
    private static final int SAMPLES = 40;

    @Test
    void flatAfterFirstQuarter_nothingGrew() {
        assertThat(figures(i -> i < 10 ? i * MIB : (60 + i % 3) * MIB, i -> 9).grown()).isEmpty();
    }

    @Test
    void heapThatRisesForEver_isNamed() {
        SoakFigures figures = figures(i -> (60 + i) * MIB, i -> 9);

        assertThat(figures.grown()).singleElement().asString().startsWith("heap: ");
        assertThat(figures.table())
                .contains("heap               second quarter       70.0, last quarter       90.0 MiB");
    }

    @Test
    void outboxThatIsEmptyNowAndThen_isFlat() {
        assertThat(figures(i -> MIB, i -> i % 5 == 0 ? 0 : i * 1_000).grown()).isEmpty();
    }

    @Test
    void outboxThatIsNeverEmptyAgain_isNamed() {
        assertThat(figures(i -> MIB, i -> i < 20 ? 0 : i * 1_000).grown())
                .singleElement()
                .asString()
                .startsWith("rows of the outbox: ");
    }

    @Test
    void growth_namesTheClassesThatGrewMost() {
        String growth = SoakFigures.growth(Map.of("a", 5L, "b", 7L), Map.of("a", 6L, "b", 17L, "c", 2L));

        assertThat(growth).containsSubsequence("+10", "b", "+2", "c", "+1", "a");
    }

    private static SoakFigures figures(LongUnaryOperator heap, LongUnaryOperator outbox) {
        SoakFigures figures = new SoakFigures();
        for (int i = 0; i < SAMPLES; i++) {
            long alive = heap.applyAsLong(i);
            figures.add(new SoakSample(i, alive, 1, 30, 50, 9, MIB, 0, 0, outbox.applyAsLong(i), 9, 9, 1));
        }
        return figures;
    }
}
