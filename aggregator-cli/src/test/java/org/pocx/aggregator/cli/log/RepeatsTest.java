package org.pocx.aggregator.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.cli.log.Repeats.Line;

final class RepeatsTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Repeats repeats = new Repeats();

    private static Line line(String text) {
        return new Line(Level.WARNING, text);
    }

    @Test
    void firstOfAKind_isTold() {
        assertThat(repeats.take("a", line("first"), 0)).contains(line("first"));
    }

    @Test
    void secondWithinAMinute_isNotTold() {
        repeats.take("a", line("first"), 0);

        assertThat(repeats.take("a", line("second"), MINUTE - 1)).isEmpty();
    }

    @Test
    void otherKind_isTold() {
        repeats.take("a", line("first"), 0);

        assertThat(repeats.take("b", line("other"), 1)).contains(line("other"));
    }

    @Test
    void minuteIsOver_countIsTold() {
        repeats.take("a", line("1"), 0);
        repeats.take("a", line("2"), 1);
        repeats.take("a", line("3"), 2);

        assertThat(repeats.due(MINUTE)).containsExactly(line("3 (2 such in the last minute)"));
    }

    @Test
    void minuteIsOverWithOneMore_lineItselfIsTold() {
        repeats.take("a", line("1"), 0);
        repeats.take("a", line("2"), 1);

        assertThat(repeats.due(MINUTE)).containsExactly(line("2"));
    }

    @Test
    void minuteIsNotOver_nothingIsDue() {
        repeats.take("a", line("1"), 0);
        repeats.take("a", line("2"), 1);

        assertThat(repeats.due(MINUTE - 1)).isEmpty();
    }

    @Test
    void quietMinute_nextIsToldAtOnce() {
        repeats.take("a", line("1"), 0);
        repeats.due(MINUTE);

        assertThat(repeats.take("a", line("2"), MINUTE + 1)).contains(line("2"));
    }

    @Test
    void moreKindsThanAreRemembered_areSummarisedByTheirFirstWord() {
        for (int kind = 0; kind < Repeats.MAX_KINDS; kind++) {
            assertThat(repeats.take("kind " + kind, line("1"), 0)).isPresent();
        }

        assertThat(repeats.take("kind a", line("a"), 1)).contains(line("a"));
        assertThat(repeats.take("kind b", line("b"), 1)).isEmpty();
        assertThat(repeats.take("kind c", line("c"), 1)).isEmpty();
        assertThat(repeats.take("other a", line("d"), 1)).contains(line("d"));
        assertThat(repeats.due(MINUTE + 1)).containsExactly(line("c (2 such in the last minute)"));
    }

    @Test
    void familiesOfKinds_areBounded() {
        for (int kind = 0; kind < 3 * Repeats.MAX_KINDS; kind++) {
            repeats.take("kind" + kind, line("1"), 0);
        }

        assertThat(repeats.take("kind" + 3 * Repeats.MAX_KINDS, line("2"), 1)).contains(line("2"));
    }

    @Test
    void end_tellsWhatWasCounted() {
        repeats.take("a", line("1"), 0);
        repeats.take("a", line("2"), 1);

        assertThat(repeats.rest()).containsExactly(line("2"));
    }
}
