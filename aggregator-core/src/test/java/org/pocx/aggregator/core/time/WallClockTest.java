package org.pocx.aggregator.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WallClockTest {
    @Test
    void noOffset_isTheClockOfFiles() {
        Instant before = WallClock.ofFiles().instant();

        assertThat(WallClock.movedBy("").instant()).isBetween(before, before.plus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P400D", "-P8D", "PT12H"})
    void offset_movesTheClock(String offset) {
        Instant moved = WallClock.ofFiles().instant().plus(Duration.parse(offset));

        assertThat(WallClock.movedBy(offset).instant()).isBetween(moved, moved.plus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", " ", "P1Y", "400", "P36526D", "-P36526D", "PT-9223372036854775808S"})
    void noDuration_isRefusedByTheNameOfTheProperty(String offset) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WallClock.movedBy(offset))
                .withMessage("pocx.clock.offset must be a duration of a century at most, such as P400D, and is \""
                        + offset + "\"");
    }
}
