package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HistoryRowParserTest {
    @Test
    void rows_areReadOneAfterTheOther() {
        HistoryRowParser text = new HistoryRowParser("7 42 1700000000,9223372036854775807 -3 0");

        assertThat(text.next()).isTrue();
        assertThat(text.height()).isEqualTo(7);
        assertThat(text.isReference()).isFalse();
        assertThat(text.rawQuality()).isEqualTo(42);
        assertThat(text.at()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(text.next()).isTrue();
        assertThat(text.height()).isEqualTo(Long.MAX_VALUE);
        assertThat(text.rawQuality()).isEqualTo(-3);
        assertThat(text.at()).isEqualTo(Instant.EPOCH);
        assertThat(text.next()).isFalse();
    }

    @Test
    void rowId_replacesAQualityThatIsNotAnInteger() {
        HistoryRowParser text = new HistoryRowParser("7 @12 1700000000");

        assertThat(text.next()).isTrue();
        assertThat(text.isReference()).isTrue();
        assertThat(text.rawQuality()).isEqualTo(12);
    }

    @Test
    void timeBefore1970_isRead() {
        HistoryRowParser text = new HistoryRowParser("7 1 -86400");

        assertThat(text.next()).isTrue();
        assertThat(text.at()).isEqualTo(Instant.ofEpochSecond(-86_400));
    }

    @Test
    void noRows_endAtOnce() {
        assertThat(new HistoryRowParser(null).next()).isFalse();
        assertThat(new HistoryRowParser("").next()).isFalse();
    }
}
