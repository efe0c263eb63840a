package org.pocx.aggregator.statistics.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.hash;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.statistics.history.RoundRecord;

final class RoundLogTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LIFE = Duration.ofSeconds(10);

    private final RoundLog log = new RoundLog();

    private static RoundTally tally(int number) {
        return new RoundTally(round(number), NOW, null, PocTime.forBlockTime(120), new RunningAttempts());
    }

    private RoundTally begin(int number) {
        RoundTally tally = tally(number);
        log.begin(tally);
        return tally;
    }

    /** The heights of the rounds that are written then, in order. */
    private List<Long> written(Instant now) {
        List<Long> heights = new ArrayList<>();
        log.write(now, changed -> heights.add(changed.height()));
        return heights;
    }

    @Test
    void noRound_isCurrentAtFirst() {
        assertThat(log.current()).isEmpty();
    }

    @Test
    void roundThatBegan_isTheCurrentOne_andTheOthersAreFound() {
        RoundTally first = begin(1);
        RoundTally second = begin(2);

        assertThat(log.current()).containsSame(second);
        assertThat(log.find(hash(1))).containsSame(first);
        assertThat(log.find(hash(3))).isEmpty();
    }

    @Test
    void revivedRound_isTheCurrentOne() {
        RoundTally first = begin(1);
        begin(2);

        log.begin(first);

        assertThat(log.current()).containsSame(first);
    }

    @Test
    void revivedRound_isListedOnce() {
        RoundTally first = begin(1);
        RoundTally second = begin(2);
        for (int fork = 0; fork < RoundLog.MAX_ROUNDS; fork++) {
            log.begin(first);
            log.begin(second);
        }
        begin(3);

        assertThat(written(NOW)).containsExactly(1L, 2L, 3L);
        assertThat(log.find(hash(1))).containsSame(first);
    }

    @Test
    void rounds_areWrittenOldestFirst() {
        begin(2);
        begin(1);

        assertThat(written(NOW)).containsExactly(2L, 1L);
    }

    @Test
    void roundWithoutAChange_isNotWrittenAgain() {
        begin(1);
        written(NOW);

        assertThat(written(NOW)).isEmpty();
    }

    @Test
    void roundWithAChange_aloneIsWrittenAgain() {
        begin(1);
        RoundTally second = begin(2);
        written(NOW);

        second.measured(2.5, 2);

        assertThat(written(NOW)).containsExactly(2L);
    }

    @Test
    void currentRound_showsLifeEveryTenSeconds() {
        begin(1);
        written(NOW);

        assertThat(written(NOW.plus(LIFE).minusMillis(1))).isEmpty();
        assertThat(written(NOW.plus(LIFE))).containsExactly(1L);
        assertThat(written(NOW.plus(LIFE).plusMillis(1))).isEmpty();
    }

    @Test
    void lifeOfTheCurrentRound_isItsTimeOfNow() {
        List<RoundRecord> records = new ArrayList<>();
        begin(1);
        begin(2);

        log.write(NOW.plusSeconds(30), records::add);

        assertThat(records).extracting(RoundRecord::until).containsExactly(NOW, NOW.plusSeconds(30));
    }

    @Test
    void onceWritten_theLastThreeAreKept() {
        for (int number = 1; number <= 5; number++) {
            begin(number);
        }

        assertThat(written(NOW)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(log.find(hash(2))).isEmpty();
        assertThat(log.find(hash(3))).isPresent();
    }

    @Test
    void roundThatIsOver_isForgotten_soThatItIsWrittenWhenItBeginsAnew() {
        for (int number = 1; number <= 4; number++) {
            begin(number);
        }
        written(NOW);

        begin(1);

        assertThat(written(NOW)).containsExactly(1L);
    }

    @Test
    void roundsBetweenTwoWrites_areBounded() {
        for (int number = 1; number <= RoundLog.MAX_ROUNDS + 2; number++) {
            begin(number);
        }

        assertThat(log.find(hash(2))).isEmpty();
        assertThat(log.find(hash(3))).isPresent();
        assertThat(written(NOW)).hasSize(RoundLog.MAX_ROUNDS).startsWith(3L);
    }
}
