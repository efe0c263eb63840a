package org.pocx.aggregator.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogTextTest {

    @Test
    void lineBreaksAndDirectionMarks_areReplaced() {
        assertThat(LogText.clean("a\nb\r\u001b[31mc\u202ed\u2028e")).isEqualTo("a?b??[31mc?d?e");
    }

    @Test
    void longText_isCut() {
        assertThat(LogText.clean("x".repeat(1_000))).hasSize(201);
    }
}
