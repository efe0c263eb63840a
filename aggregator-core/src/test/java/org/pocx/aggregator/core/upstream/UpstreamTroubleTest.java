package org.pocx.aggregator.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.Kind;

class UpstreamTroubleTest {
    private static UpstreamTrouble trouble(Kind kind) {
        return new UpstreamTrouble(kind, UpstreamMessage.of("x"), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "UPSTREAM_BUSY"})
    void busy_mayNameATimeToWait(Kind kind) {
        UpstreamTrouble busy = trouble(kind).withRetryAfter(Duration.ofSeconds(3));

        assertThat(busy.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(busy.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"BUSY", "UPSTREAM_BUSY"})
    void timeToWaitOfAnotherKind_isRefused(Kind kind) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trouble(kind).withRetryAfter(Duration.ZERO))
                .withMessageContaining(kind.name());
    }

    @Test
    void negativeTimeToWait_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UpstreamTrouble.busy("x").withRetryAfter(Duration.ofSeconds(-1)));
    }

    @ParameterizedTest
    @EnumSource
    void unreachable_isWhatGaveNoAnswer(Kind kind) {
        Set<Kind> unreachable = EnumSet.of(Kind.UNREACHABLE, Kind.TIMED_OUT, Kind.CONNECTION_REFUSED);

        assertThat(trouble(kind).isUnreachable()).isEqualTo(unreachable.contains(kind));
    }

    @Test
    void referenceThatIsTooLong_isRefused() {
        assertThat(new UpstreamMessage("", "x".repeat(64)).reference()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> new UpstreamMessage("", "x".repeat(65)));
    }
}
