package org.pocx.aggregator.statistics.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent.Held;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.statistics.record.RoundBestNonces.RankedNonce;

final class RoundBestNoncesTest {
    private final RoundBestNonces nonces = new RoundBestNonces();

    private boolean note(int nonce, long claim, long counts, Fate after) {
        return nonces.note(
                Events.fateChanged(
                        Nonces.nonce(Nonces.round(1), 1, nonce, claim),
                        new MinerId("10.0.0.1"),
                        null,
                        after,
                        counts,
                        "",
                        Instant.EPOCH,
                        Duration.ZERO));
    }

    private boolean queued(int nonce, long quality) {
        return note(nonce, quality, quality, Fate.PENDING);
    }

    @Test
    void betterNonce_isAnImprovementAndLeads() {
        assertThat(queued(1, 500)).isTrue();
        assertThat(queued(2, 400)).isTrue();

        assertThat(nonces.best()).map(RankedNonce::rawQuality).contains(400L);
    }

    @Test
    void equalOrWorseNonce_isNotAnImprovement() {
        queued(1, 500);

        assertThat(queued(2, 500)).isFalse();
        assertThat(queued(3, 501)).isFalse();
        assertThat(nonces.best()).map(ranked -> ranked.nonce().nonce()).contains(1L);
    }

    @Test
    void qualities_areUnsigned() {
        queued(1, -1);

        assertThat(queued(2, Long.MIN_VALUE)).isTrue();
        assertThat(queued(3, 7)).isTrue();
    }

    @Test
    void sameNonceAgain_isNotAnImprovement() {
        queued(1, 500);

        assertThat(queued(1, 500)).isFalse();
    }

    @Test
    void rejectedBest_makesTheNextOneTheBest() {
        queued(1, 500);
        queued(2, 0);
        note(2, 0, 0, Fate.REJECTED);

        assertThat(nonces.best()).map(RankedNonce::rawQuality).contains(500L);
    }

    @Test
    void nonceConfirmedWorseThanClaimed_countsAtThatQuality() {
        queued(1, 100);
        queued(2, 500);
        note(1, 100, 900, Fate.CONFIRMED);

        assertThat(nonces.best()).map(RankedNonce::rawQuality).contains(500L);
    }

    @Test
    void confirmedWorseThanClaimedInAFullList_isStillFoundByItsClaim() {
        for (int i = 1; i <= RoundBestNonces.MAX + 5; i++) {
            queued(i, 100 + i);
        }
        note(1, 101, 100_000, Fate.CONFIRMED);

        assertThat(nonces.best()).map(RankedNonce::rawQuality).contains(102L);
    }

    @Test
    void filteredNonce_doesNotLead() {
        note(1, 1, 1, Fate.FILTERED);

        assertThat(nonces.best()).isEmpty();
    }

    @Test
    void liarsThatFillTheList_leaveItToTheHonestWhenRejected() {
        for (int i = 1; i <= 20; i++) {
            queued(i, 0);
        }
        for (int i = 1; i <= 20; i++) {
            note(i, 0, 0, Fate.REJECTED);
        }
        queued(99, 700);

        assertThat(nonces.best()).map(RankedNonce::rawQuality).contains(700L);
    }

    @Test
    void bestThatTheUpstreamHolds_waits_andIsFilteredThen() {
        queued(1, 500);
        nonces.note(new Held(
                new ReceivedNonce(
                        Nonces.nonce(Nonces.round(1), 1, 1, 500), new MinerId("10.0.0.1"), Instant.EPOCH),
                UpstreamMessage.of("no verdict yet")));
        assertThat(nonces.best()).map(RankedNonce::words).contains("no verdict yet");

        nonces.note(Events.fateChanged(
                Nonces.nonce(Nonces.round(1), 1, 1, 500),
                new MinerId("10.0.0.1"),
                Fate.PENDING,
                Fate.FILTERED,
                500,
                "",
                Instant.EPOCH,
                Duration.ZERO));
        assertThat(nonces.best()).map(RankedNonce::fate).contains(Fate.FILTERED);
    }
}
