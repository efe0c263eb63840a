package org.pocx.aggregator.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.InvalidFieldException;

class MemberTrackerTest {
    private final MemberTracker members = new MemberTracker(List.of("a", "b"));

    @Test
    void repeatedName_isDetectedWhetherExpectedOrNot() {
        assertThat(members.add("b")).isTrue();
        assertThat(members.add("x")).isTrue();
        assertThat(members.add("b")).isFalse();
        assertThat(members.add("x")).isFalse();
        assertThat(members.add("y")).isTrue();
    }

    @Test
    void addUnique_throwsForARepeatedName() {
        members.addUnique("a");

        assertThatThrownBy(() -> members.addUnique("a"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("a is there twice");
    }

    @Test
    void requireAll_throwsForTheFirstMissingName() {
        assertThatThrownBy(members::requireAll).hasMessage("a is missing");
        members.add("a");
        assertThatThrownBy(members::requireAll).hasMessage("b is missing");
        members.add("b");
        assertThatCode(members::requireAll).doesNotThrowAnyException();
    }
}
