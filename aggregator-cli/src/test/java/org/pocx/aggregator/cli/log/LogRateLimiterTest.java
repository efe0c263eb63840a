package org.pocx.aggregator.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.cli.log.LogRateLimiter.Line;

final class LogRateLimiterTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LogRateLimiter limiter = new LogRateLimiter();

    private static Line line(String text) {
        return new Line(Level.WARNING, text);
    }

    @Test
    void firstOfAKind_isLogged() {
        assertThat(limiter.take("a", line("first"), 0)).contains(line("first"));
    }

    @Test
    void secondWithinAMinute_isNotLogged() {
        limiter.take("a", line("first"), 0);

        assertThat(limiter.take("a", line("second"), MINUTE - 1)).isEmpty();
    }

    @Test
    void otherKind_isLogged() {
        limiter.take("a", line("first"), 0);

        assertThat(limiter.take("b", line("other"), 1)).contains(line("other"));
    }

    @Test
    void minuteIsOver_countIsLogged() {
        limiter.take("a", line("1"), 0);
        limiter.take("a", line("2"), 1);
        limiter.take("a", line("3"), 2);

        assertThat(limiter.due(MINUTE)).containsExactly(line("3 (2 such in the last minute)"));
    }

    @Test
    void minuteIsOverWithOneRepetition_lineIsLogged() {
        limiter.take("a", line("1"), 0);
        limiter.take("a", line("2"), 1);

        assertThat(limiter.due(MINUTE)).containsExactly(line("2"));
    }

    @Test
    void minuteIsNotOver_nothingIsDue() {
        limiter.take("a", line("1"), 0);
        limiter.take("a", line("2"), 1);

        assertThat(limiter.due(MINUTE - 1)).isEmpty();
    }

    @Test
    void quietMinute_nextIsLoggedAtOnce() {
        limiter.take("a", line("1"), 0);
        limiter.due(MINUTE);

        assertThat(limiter.take("a", line("2"), MINUTE + 1)).contains(line("2"));
    }

    @Test
    void moreKindsThanAreRemembered_areSummarisedByTheirFirstWord() {
        for (int kind = 0; kind < LogRateLimiter.MAX_KINDS; kind++) {
            assertThat(limiter.take("kind " + kind, line("1"), 0)).isPresent();
        }

        assertThat(limiter.take("kind a", line("a"), 1)).contains(line("a"));
        assertThat(limiter.take("kind b", line("b"), 1)).isEmpty();
        assertThat(limiter.take("kind c", line("c"), 1)).isEmpty();
        assertThat(limiter.take("other a", line("d"), 1)).contains(line("d"));
        assertThat(limiter.due(MINUTE + 1)).containsExactly(line("c (2 such in the last minute)"));
    }

    @Test
    void kindsWithDifferentFirstWords_areBounded() {
        for (int kind = 0; kind < 3 * LogRateLimiter.MAX_KINDS; kind++) {
            limiter.take("kind" + kind, line("1"), 0);
        }

        assertThat(limiter.take("kind" + 3 * LogRateLimiter.MAX_KINDS, line("2"), 1)).contains(line("2"));
    }

    @Test
    void end_logsTheCounts() {
        limiter.take("a", line("1"), 0);
        limiter.take("a", line("2"), 1);

        assertThat(limiter.rest()).containsExactly(line("2"));
    }
}
