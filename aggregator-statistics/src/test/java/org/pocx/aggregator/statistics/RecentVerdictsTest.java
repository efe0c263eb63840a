package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentVerdictsTest {
    private final RecentVerdicts verdicts = new RecentVerdicts();

    private void add(int count, boolean bad, long nanos) {
        for (int i = 0; i < count; i++) {
            verdicts.add(bad, nanos);
        }
    }

    @Test
    void threeBadOnes_andMoreThanHalf_areSuspect() {
        add(2, true, 0);
        assertThat(verdicts.areSuspect(0)).isFalse();
        add(1, true, 0);
        assertThat(verdicts.areSuspect(0)).isTrue();

        add(3, false, 0);

        assertThat(verdicts.areSuspect(0)).as("half of them").isFalse();
    }

    @Test
    void onlyTheLastTwenty_count() {
        add(20, true, 0);
        add(10, false, 0);
        assertThat(verdicts.areSuspect(0)).isFalse();

        add(11, true, 0);

        assertThat(verdicts.areSuspect(0)).isTrue();
    }

    @Test
    void verdictsOfAWeekAgo_countNoMore() {
        add(5, true, 0);
        long week = Duration.ofDays(7).toNanos();

        assertThat(verdicts.areSuspect(week - 1)).isTrue();
        assertThat(verdicts.areSuspect(week)).isFalse();
    }
}
