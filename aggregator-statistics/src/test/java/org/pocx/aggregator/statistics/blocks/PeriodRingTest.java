package org.pocx.aggregator.statistics.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pocx.aggregator.statistics.history.LuckRecord.Period;

class PeriodRingTest {
    private final PeriodRing ring = new PeriodRing(8);

    @Test
    void sum_hasTheLastPeriodsOnly() {
        for (int i = 1; i <= 20; i++) {
            ring.add(i, i, i == 18 ? 1 : 0);
        }

        assertThat(ring.sum(20, 3)).isEqualTo(new Wins(1, 18 + 19 + 20));
        assertThat(ring.sum(20, 2)).isEqualTo(new Wins(0, 19 + 20));
        assertThat(ring.sum(22, 3)).isEqualTo(new Wins(0, 20));
        assertThat(ring.sum(1_000, 8)).isEqualTo(new Wins(0, 0));
    }

    @Test
    void gap_isEmpty() {
        ring.add(1, 1, 1);
        ring.add(5, 2, 0);

        assertThat(ring.sum(5, 8)).isEqualTo(new Wins(1, 3));
        assertThat(ring.sum(5, 4)).isEqualTo(new Wins(0, 2));
    }

    @Test
    void clockThatWasSetBackALittle_countsWhereItIs() {
        ring.add(10, 1, 0);
        ring.add(8, 2, 1);

        assertThat(ring.sum(8, 8)).isEqualTo(new Wins(1, 2));
        assertThat(ring.sum(10, 8)).isEqualTo(new Wins(1, 3));
    }

    @Test
    void clockThatWasSetBackALot_beginsAnew() {
        ring.add(1_000_000, 1, 1);
        ring.add(10, 2, 0);

        assertThat(ring.sum(10, 8)).isEqualTo(new Wins(0, 2));
    }

    @Test
    void winThatIsTakenBack_isNotCounted_andNeverBelowZero() {
        ring.add(5, 0, 1);
        ring.add(5, 0, -1);
        ring.add(5, 0, -1);

        assertThat(ring.sum(5, 1)).isEqualTo(new Wins(0, 0));
    }

    @Test
    void records_haveTheKeptPeriods_andRestoreThem() {
        for (int i = 1; i <= 20; i += 3) {
            ring.add(i, 0.5, i == 16 ? 2 : 0);
        }
        PeriodRing restored = new PeriodRing(8);
        ring.toRecords().forEach(period -> restored.add(period.index(), period.expected(), period.won()));

        assertThat(ring.toRecords())
                .containsExactly(new Period(13, 0.5, 0), new Period(16, 0.5, 2), new Period(19, 0.5, 0));
        assertThat(restored.sum(19, 8)).isEqualTo(ring.sum(19, 8));
    }

    @Test
    void emptyRing_hasNoRecords() {
        assertThat(ring.toRecords()).isEmpty();
        assertThat(ring.sum(0, 8)).isEqualTo(new Wins(0, 0));
    }
}
