package org.pocx.aggregator.core.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.hash;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.SubmissionRefusal;
import org.pocx.aggregator.core.round.RoundChange.Kind;

class RecentRoundsTest {
    private final RecentRounds rounds = new RecentRounds();

    @Test
    void newHash_opensARound() {
        RoundChange change = rounds.announce(round(1));

        assertThat(change.kind()).isEqualTo(Kind.OPENED);
        assertThat(rounds.current()).contains(change.round());
    }

    @Test
    void sameInfo_changesNothing() {
        rounds.announce(round(1));

        assertThat(rounds.announce(round(1)).kind()).isEqualTo(Kind.NONE);
    }

    @Test
    void fourthHash_closesTheOneAnnouncedLongestAgo() {
        rounds.announce(round(1));
        rounds.announce(round(2));
        rounds.announce(round(3));
        rounds.announce(round(1));

        RoundChange change = rounds.announce(round(4));

        assertThat(change.closed()).hasValueSatisfying(closed -> assertThat(closed.blockHash()).isEqualTo(hash(2)));
        assertThat(rounds.open()).extracting(Round::height).containsExactly(3L, 1L, 4L);
    }

    @Test
    void earlierHash_revives() {
        rounds.announce(round(1));
        rounds.announce(round(2));

        assertThat(rounds.announce(round(1)).kind()).isEqualTo(Kind.REVIVED);
        assertThat(rounds.current().orElseThrow().height()).isEqualTo(1);
    }

    @Test
    void anotherHashAtTheSameHeight_isAnotherRound() {
        rounds.announce(round(5));
        MiningInfo restarted = new MiningInfo(hash(1), 7, 5, hash(6));

        assertThat(rounds.announce(restarted).kind()).isEqualTo(Kind.OPENED);
        assertThat(rounds.open()).hasSize(2);
    }

    @Test
    void everyAnnouncedForm_matches() {
        MiningInfo first = round(1);
        MiningInfo easier = new MiningInfo(first.generationSignature(), 99, first.height(), first.blockHash());
        rounds.announce(first);
        RoundChange change = rounds.announce(easier);

        assertThat(change.kind()).isEqualTo(Kind.REANNOUNCED);
        assertThat(change.round().refusal(nonce(first, 1, 1, 1))).isNull();
        assertThat(change.round().refusal(nonce(easier, 1, 1, 1))).isNull();
        assertThat(change.round().isCurrentFormOf(nonce(first, 1, 1, 1))).isFalse();
    }

    @Test
    void backToAnEarlierForm_isAChange() {
        MiningInfo first = round(1);
        MiningInfo easier = new MiningInfo(first.generationSignature(), 99, first.height(), first.blockHash());
        rounds.announce(first);
        rounds.announce(easier);

        RoundChange change = rounds.announce(first);

        assertThat(change.kind()).isEqualTo(Kind.REANNOUNCED);
        assertThat(change.round().info()).isEqualTo(first);
    }

    @Test
    void anotherHeight_isAWrongHeight() {
        Round round = Round.of(round(1));
        MiningInfo wrong = new MiningInfo(round(1).generationSignature(), round(1).baseTarget(), 9, hash(1));

        assertThat(round.refusal(nonce(wrong, 1, 1, 1)))
                .isEqualTo(new SubmissionRefusal(SubmissionRefusal.Reason.WRONG_HEIGHT, 1, 9));
    }

    @Test
    void anotherSignatureOrBaseTarget_isNamed() {
        Round round = Round.of(round(1));

        assertThat(round.refusal(nonce(new MiningInfo(hash(3), round(1).baseTarget(), 1, hash(1)), 1, 1, 1)))
                .isEqualTo(new SubmissionRefusal(SubmissionRefusal.Reason.WRONG_GENERATION_SIGNATURE));
        assertThat(round.refusal(nonce(new MiningInfo(round(1).generationSignature(), 3, 1, hash(1)), 1, 1, 1)))
                .isEqualTo(new SubmissionRefusal(SubmissionRefusal.Reason.WRONG_BASE_TARGET));
    }

    @Test
    void change_isToldBeforeItShows() {
        rounds.announce(round(1), change -> {
            assertThat(change.kind()).isEqualTo(Kind.OPENED);
            assertThat(rounds.find(hash(1))).isNull();
        });

        assertThat(rounds.find(hash(1))).isNotNull();
    }

    @Test
    void formsOfARound_areBounded() {
        RoundChange change = rounds.announce(round(1));
        for (int i = 1; i <= 10 * Round.MAX_ANNOUNCEMENTS; i++) {
            change = rounds.announce(new MiningInfo(hash(1), i, 1, hash(1)));
        }

        int matching = 0;
        for (int i = 1; i <= 10 * Round.MAX_ANNOUNCEMENTS; i++) {
            MiningInfo form = new MiningInfo(hash(1), i, 1, hash(1));
            matching += change.round().refusal(nonce(form, 1, 1, 1)) == null ? 1 : 0;
        }
        assertThat(matching).isEqualTo(Round.MAX_ANNOUNCEMENTS);
    }

    private RoundChange announce(String upstream, int number) {
        return rounds.announce(upstream, round(number), change -> {});
    }

    @Test
    void standbyAnnouncesTheSameHash_isTheSameRound() {
        rounds.announce(round(1));

        assertThat(announce("b", 1).kind()).isEqualTo(Kind.NONE);
        assertThat(rounds.open()).hasSize(1);
    }

    @Test
    void standbyAnnouncesAnotherHash_isOpenAndNotCurrent() {
        rounds.announce(round(1));
        rounds.announce(round(2));

        RoundChange change = announce("b", 3);

        assertThat(change.kind()).isEqualTo(Kind.OPENED);
        assertThat(change.isCurrent()).isFalse();
        assertThat(rounds.find(hash(3))).isNotNull();
        assertThat(rounds.current().orElseThrow().blockHash()).isEqualTo(hash(2));
        assertThat(rounds.isOpenAtActive(hash(3))).isFalse();
    }

    @Test
    void activeAnnouncesWhatAStandbyDid_itOpens() {
        rounds.announce(round(1));
        announce("b", 2);

        RoundChange change = rounds.announce(round(2));

        assertThat(change.kind()).isEqualTo(Kind.OPENED);
        assertThat(rounds.open()).hasSize(2);
    }

    @Test
    void lastThreeOfEachUpstream_areOpen() {
        for (int i = 1; i <= 5; i++) {
            rounds.announce(round(i));
            announce("b", i + 10);
        }

        assertThat(rounds.open()).extracting(Round::height).containsExactlyInAnyOrder(3L, 4L, 5L, 13L, 14L, 15L);
        assertThat(rounds.current().orElseThrow().height()).isEqualTo(5);
    }

    @Test
    void roundThatOneUpstreamStillHas_staysOpen() {
        announce("b", 1);
        for (int i = 1; i <= 5; i++) {
            rounds.announce(round(i));
        }
        assertThat(rounds.find(hash(1))).isNotNull();

        assertThat(rounds.forget("b")).extracting(Round::blockHash).containsExactly(hash(1));
        assertThat(rounds.find(hash(1))).isNull();
    }

    @Test
    void roundsOfManyUpstreams_areBounded_andThoseOfTheActiveStay() {
        for (int i = 1; i <= 3; i++) {
            rounds.announce(round(i));
        }
        for (int upstream = 1; upstream <= 7; upstream++) {
            for (int i = 1; i <= 3; i++) {
                announce("u" + upstream, 10 * upstream + i);
                assertThat(rounds.open()).hasSizeLessThanOrEqualTo(RecentRounds.MAX_OPEN_OF_ALL);
            }
        }

        assertThat(rounds.open()).extracting(Round::height).contains(1L, 2L, 3L, 71L, 72L, 73L);
    }

    @Test
    void anotherUpstreamBecomesActive_itsLastRoundIsCurrent() {
        rounds.announce(round(1));
        announce("b", 1);
        announce("b", 2);

        RoundChange change = rounds.activate("b", told -> {}).orElseThrow();

        assertThat(change.kind()).isEqualTo(Kind.OPENED);
        assertThat(rounds.current().orElseThrow().blockHash()).isEqualTo(hash(2));
        assertThat(rounds.isOpenAtActive(hash(1))).isTrue();
        assertThat(rounds.activate("upstream", told -> {}).orElseThrow().kind()).isEqualTo(Kind.REVIVED);
    }

    @Test
    void anotherUpstreamWithTheSameRound_changesNothing() {
        rounds.announce(round(1));
        announce("b", 1);

        assertThat(rounds.activate("b", told -> {}).orElseThrow().kind()).isEqualTo(Kind.NONE);
    }

    @Test
    void anotherFormByAStandby_matches_andTheActiveOneStaysTheLast() {
        MiningInfo first = round(1);
        MiningInfo easier = new MiningInfo(first.generationSignature(), 99, first.height(), first.blockHash());
        rounds.announce(first);

        RoundChange change = rounds.announce("b", easier, told -> {});

        assertThat(change.round().refusal(nonce(easier, 1, 1, 1))).isNull();
        assertThat(change.round().isCurrentFormOf(nonce(first, 1, 1, 1))).isTrue();
    }
}
