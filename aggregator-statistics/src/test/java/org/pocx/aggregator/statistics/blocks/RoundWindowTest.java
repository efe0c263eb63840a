package org.pocx.aggregator.statistics.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.Nonces;

/** The bounds of what is kept. */
class RoundWindowTest {
    private final RoundWindow window = new RoundWindow();

    private TrackedRound announce(long height, int signature) {
        TrackedRound round =
                new TrackedRound(height, Nonces.hash(signature), 1, new TimeRange(0, 0), LedgerRig.BEGIN);
        window.announce(round);
        return round;
    }

    private static ConfirmedNonce nonce(long rawQuality) {
        return new ConfirmedNonce("10.0.0.7", rawQuality, 60, 0);
    }

    @Test
    void signaturesOfOneHeight_areBounded() {
        for (int i = 0; i < 100; i++) {
            announce(100, i);
        }

        assertThat(window.rounds()).hasSize(RoundWindow.MAX_PER_HEIGHT);
        assertThat(window.at(100).getLast().signature()).isEqualTo(Nonces.hash(99));
    }

    @Test
    void heights_areBounded() {
        for (int i = 0; i < 100; i++) {
            announce(i, i);
        }

        assertThat(window.rounds()).hasSize(RoundWindow.HEIGHTS);
    }

    @Test
    void accounts_areBounded_byDroppingThoseOfTheLowestHeight() {
        TrackedRound low = announce(100, 1);
        TrackedRound high = announce(101, 2);
        window.confirm(low, Nonces.account(1), nonce(5));
        for (int i = 0; i < RoundWindow.MAX_ACCOUNTS; i++) {
            window.confirm(high, Nonces.account(i), nonce(5));
        }

        assertThat(window.accounts()).isEqualTo(RoundWindow.MAX_ACCOUNTS);
        assertThat(low.confirmed().accounts()).isEmpty();
        assertThat(high.confirmed().accounts()).hasSize(RoundWindow.MAX_ACCOUNTS);
    }

    @Test
    void noncesOfAnAccount_areBounded_andTheBestStay() {
        TrackedRound round = announce(100, 1);
        for (int i = 100; i > 0; i--) {
            window.confirm(round, Nonces.account(1), nonce(i));
        }

        assertThat(round.confirmed().of(Nonces.account(1)))
                .extracting(ConfirmedNonce::rawQuality)
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(window.accounts()).isEqualTo(1);
    }

    @Test
    void qualitiesAreUnsigned() {
        TrackedRound round = announce(100, 1);
        window.confirm(round, Nonces.account(1), nonce(-1L));
        window.confirm(round, Nonces.account(1), nonce(5));

        assertThat(round.confirmed().best()).map(best -> best.nonce().rawQuality()).contains(5L);
    }
}
