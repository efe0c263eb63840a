package org.pocx.aggregator.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SummaryScheduleTest {
    private final SummarySchedule rhythm = new SummarySchedule();

    /** The next ticks at which a summary is due without changes. */
    private List<Integer> dueInQuiet(int ticks) {
        return IntStream.rangeClosed(1, ticks).filter(tick -> rhythm.isDue(false)).boxed().toList();
    }

    @Test
    void quietFarm_showsLife() {
        int life = SummarySchedule.TICKS_TO_SHOW_LIFE;

        assertThat(dueInQuiet(2 * life + 1)).containsExactly(life, 2 * life);
    }

    @Test
    void change_isSentAtOnceAndAgainWhenSnapshotsMustShowIt() {
        assertThat(rhythm.isDue(true)).isTrue();

        assertThat(dueInQuiet(SummarySchedule.TICKS_TO_SHOW_LIFE)).containsExactly(SummarySchedule.TICKS_TO_SETTLE);
    }

    @Test
    void changeAfterChange_isSentEachTimeAndOnceMoreInTheEnd() {
        assertThat(rhythm.isDue(true)).isTrue();
        assertThat(rhythm.isDue(true)).isTrue();

        assertThat(dueInQuiet(SummarySchedule.TICKS_TO_SHOW_LIFE)).containsExactly(SummarySchedule.TICKS_TO_SETTLE);
    }
}
