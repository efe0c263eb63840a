package org.pocx.aggregator.core.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PollTimesTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** The clock overflows within each test that takes more than two seconds. */
    private static final long START = Long.MAX_VALUE - 2 * SECOND;

    private final PollTimes times = new PollTimes(Duration.ofSeconds(10));

    private static Long at(long seconds) {
        return START + seconds * SECOND;
    }

    /** Asks whenever a regular question may go, for that many seconds; returns the seconds when one went. */
    private List<Long> askUntil(long seconds) {
        List<Long> asked = new ArrayList<>();
        for (long second = 0; second <= seconds; second++) {
            if (times.regularMayGo(at(second))) {
                times.asked(at(second));
                asked.add(second);
            }
        }
        return asked;
    }

    @Test
    void fourQuestionsThatHang_wentSoonAndTheOthersLater() {
        assertThat(askUntil(12)).containsExactly(0L, 1L, 2L, 3L, 7L, 11L);
    }

    @Test
    void besideOneThatHangs_theNextWaitsItsWholeSecond() {
        times.asked(at(0));

        assertThat(times.regularMayGo(at(1) - 1)).isFalse();
        assertThat(times.regularMayGo(at(1))).isTrue();
    }

    @Test
    void besideFourThatHang_theNextWaitsItsWholeFourSeconds() {
        askUntil(3);

        assertThat(times.regularMayGo(at(7) - 1)).isFalse();
        assertThat(times.regularMayGo(at(7))).isTrue();
    }

    @Test
    void twelveQuestionsInFlight_areTheMost() {
        assertThat(askUntil(1_000)).hasSize(12);
    }

    @Test
    void questionThatEnded_makesPlaceForTheNext() {
        askUntil(1_000);

        times.ended(at(0));

        assertThat(times.regularMayGo(at(1_001))).isTrue();
    }

    @Test
    void unwanted_noExtraQuestionGoes() {
        assertThat(times.extraGoes(at(0))).isFalse();
    }

    @Test
    void wanted_oneExtraQuestionGoesAnInterval() {
        times.want();

        assertThat(times.extraGoes(at(0))).isTrue();
        assertThat(times.extraGoes(at(10) - 1)).isFalse();
        assertThat(times.extraGoes(at(10))).isTrue();
    }

    @Test
    void anyQuestion_servesTheWant() {
        times.want();
        times.asked(at(0));

        assertThat(times.extraGoes(at(60))).isFalse();
    }

    @Test
    void extraQuestions_areBoundedAsTheOthersAre() {
        askUntil(1_000);
        times.want();

        assertThat(times.extraGoes(at(1_001))).isFalse();
    }

    @Test
    void extraQuestionThatFoundNoPlace_goesWhenThereIsOne() {
        askUntil(1_000);
        times.want();
        times.extraGoes(at(1_001));
        times.ended(at(0));

        assertThat(times.extraGoes(at(1_002))).isTrue();
    }

    @Test
    void answerToALaterQuestion_isNews() {
        times.isNews(at(3));

        assertThat(times.isNews(at(4))).isTrue();
    }

    @Test
    void answerToAnEarlierQuestion_isNoNewsAndChangesNothing() {
        times.isNews(at(3));

        assertThat(times.isNews(at(2))).isFalse();
        assertThat(times.isNews(at(3) - 1)).isFalse();
    }

    @Test
    void answerToAQuestionOfTheSameMoment_isNews() {
        times.isNews(at(3));

        assertThat(times.isNews(at(3))).isTrue();
    }

    @Test
    void extraQuestion_isAnsweredByAnAnswerToItOrALaterOne() {
        askExtra(5);
        assertThat(times.extraAnswered(at(6))).isFalse();

        times.isNews(at(5));

        assertThat(times.extraAnswered(at(6))).isTrue();
    }

    @Test
    void extraQuestion_isNotAnsweredByAnAnswerToAnEarlierOne() {
        askExtra(5);

        times.isNews(at(5) - 1);

        assertThat(times.extraAnswered(at(6))).isFalse();
    }

    @Test
    void answeredExtraQuestion_countsForItsIntervalAlone() {
        askExtra(5);
        times.isNews(at(5));

        assertThat(times.extraAnswered(at(15) - 1)).isTrue();
        assertThat(times.extraAnswered(at(15))).isFalse();
    }

    @Test
    void answerWithoutAnExtraQuestion_answersNone() {
        times.asked(at(0));
        times.isNews(at(0));

        assertThat(times.extraAnswered(at(1))).isFalse();
    }

    private void askExtra(long second) {
        times.want();
        assertThat(times.extraGoes(at(second))).isTrue();
        times.asked(at(second));
    }

    @Test
    void nothingInFlight_isNotOverdue() {
        assertThat(times.overdue(at(60))).isNull();
    }

    @Test
    void oldestQuestion_isOverdueAfterFourSeconds() {
        times.asked(at(0));
        times.asked(at(1));

        assertThat(times.overdue(at(4) - 1)).isNull();
        assertThat(times.overdue(at(4))).isEqualTo(at(0));
    }

    @Test
    void laterQuestionAnswered_theOldestIsNotOverdue() {
        times.asked(at(0));
        times.asked(at(1));
        times.ended(at(1));
        times.isNews(at(1));

        assertThat(times.overdue(at(60))).isNull();
    }

    @Test
    void earlierQuestionAnswered_theOldestIsOverdue() {
        times.asked(at(0));
        times.ended(at(0));
        times.isNews(at(0));
        times.asked(at(1));

        assertThat(times.overdue(at(5))).isEqualTo(at(1));
    }

    @Test
    void questionThatEnded_isNotOverdue() {
        times.asked(at(0));
        times.asked(at(1));
        times.ended(at(0));

        assertThat(times.overdue(at(4))).isNull();
        assertThat(times.overdue(at(5))).isEqualTo(at(1));
    }
}
