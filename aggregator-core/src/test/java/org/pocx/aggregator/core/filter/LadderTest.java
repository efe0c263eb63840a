package org.pocx.aggregator.core.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;

class LadderTest {
    private final Map<String, Integer> rejections = new HashMap<>();
    private final List<String> trusted = new ArrayList<>();
    private final Set<Candidate> misfits = new HashSet<>();
    private final List<Candidate> dropped = new ArrayList<>();
    private final Ladder ladder = new Ladder(new FakeStanding(), misfits::contains, false, new FakeObserver());
    private long sequence;

    @Test
    void firstOffer_isQueued() {
        Candidate first = offer("a", 100);

        assertThat(ladder.queued()).isSameAs(first);
        assertThat(first.fate()).isEqualTo(Fate.PENDING);
    }

    @Test
    void equalQuality_theFirstWins() {
        Candidate first = offer("a", 100);
        Candidate second = offer("b", 100);

        assertThat(ladder.queued()).isSameAs(first);
        assertThat(second.fate()).isEqualTo(Fate.FILTERED);
    }

    @Test
    void better_replacesTheQueued() {
        Candidate worse = offer("a", 100);
        Candidate better = offer("b", 99);

        assertThat(ladder.queued()).isSameAs(better);
        assertThat(worse.fate()).isEqualTo(Fate.SUPERSEDED);
    }

    @Test
    void qualityAbove2Pow63_ranksAsUnsigned() {
        Candidate huge = offer("a", -1L);
        Candidate small = offer("b", 5);

        assertThat(ladder.queued()).isSameAs(small);
        assertThat(huge.fate()).isEqualTo(Fate.SUPERSEDED);
    }

    @Test
    void worseThanInFlight_waits_andGoesOutAfterItsRejection() {
        Candidate sent = send("a", 100);
        Candidate waiting = offer("b", 200);
        assertThat(ladder.queued()).isNull();

        ladder.reject(sent);

        assertThat(ladder.queued()).isSameAs(waiting);
    }

    @Test
    void betterThanInFlight_goesOutBesideIt() {
        Candidate slow = send("a", 100);
        Candidate better = send("b", 50);
        offer("c", 40);

        assertThat(better.fate()).isEqualTo(Fate.PENDING);
        assertThat(slow.fate()).isEqualTo(Fate.PENDING);
        assertThat(ladder.takeNext()).as("two in flight are enough").isNull();
    }

    @Test
    void confirmed_dropsWhatIsNotBetter() {
        Candidate sent = send("a", 100);
        Candidate worse = offer("b", 150);

        ladder.confirm(sent, 100);

        assertThat(dropped).containsExactly(worse);
        assertThat(offer("c", 100).fate()).isEqualTo(Fate.FILTERED);
        assertThat(ladder.queued()).isNull();
    }

    @Test
    void confirmedWorseThanClaimed_sendsTheBetterRunnerUp() {
        Candidate liar = send("liar", 1);
        Candidate honest = offer("b", 150);

        ladder.confirm(liar, 200);

        assertThat(ladder.queued()).isSameAs(honest);
    }

    @Test
    void rejections_walkDownTheLadder_untilOneIsConfirmed() {
        Candidate first = send("a", 1);
        List<Candidate> others = List.of(offer("b", 4), offer("c", 3), offer("d", 2));

        ladder.reject(first);
        assertThat(ladder.takeNext()).isSameAs(others.get(2));
        ladder.reject(others.get(2));
        assertThat(ladder.takeNext()).isSameAs(others.get(1));
        ladder.confirm(others.get(1), 3);

        assertThat(ladder.takeNext()).isNull();
        assertThat(dropped).containsExactly(others.get(0));
    }

    @Test
    void suspect_ranksBehindWorseClaimsOfOthers() {
        rejections.put("liar", Reputation.SUSPECT_AFTER);
        offer("liar", 0);
        Candidate honest = offer("b", 500);

        assertThat(ladder.queued()).isSameAs(honest);
    }

    @Test
    void machineThatBecomesSuspect_makesPlaceForTheNextBest() {
        Candidate first = send("liar", 0);
        Candidate second = offer("liar", 1);
        Candidate honest = offer("b", 500);
        rejections.put("liar", Reputation.SUSPECT_AFTER);

        ladder.reject(first);

        assertThat(ladder.queued()).isSameAs(honest);
        assertThat(second.fate()).isNotEqualTo(Fate.PENDING);
    }

    @Test
    void fullLadder_theMachineWithMostPlacesLosesItsWorst() {
        send("a", 1);
        Candidate honest = offer("honest", 9_000);
        List<Candidate> greedy = new ArrayList<>();
        for (int i = 0; i < Ladder.MAX_RUNNERS_UP; i++) {
            greedy.add(offer("greedy", 100 + i));
        }

        assertThat(dropped).containsExactly(greedy.getLast());
        assertThat(ladder.find(honest.nonceId())).isSameAs(honest);
    }

    @Test
    void crowdOfStrangers_cannotPushOffTrustedMachines() {
        send("a", 1);
        List<Candidate> honest = new ArrayList<>();
        for (int i = 0; i < Ladder.RESERVED_FOR_TRUSTED; i++) {
            trusted.add("honest" + i);
            honest.add(offer("honest" + i, 9_000 + i));
        }
        for (int i = 0; i < 200; i++) {
            offer("stranger" + i, 2 + i);
        }

        assertThat(honest).allMatch(candidate -> ladder.find(candidate.nonceId()) == candidate);
        assertThat(dropped).hasSize(200 - (Ladder.MAX_RUNNERS_UP - Ladder.RESERVED_FOR_TRUSTED));
    }

    @Test
    void crowdThatClaimsTheSame_doesNotPushOffAStrangerWhoDoesNot() {
        send("liar", 0);
        for (int i = 0; i < 50; i++) {
            offer("liar" + i, 0);
        }
        Candidate honest = offer("honest", 3_000_000);
        for (int i = 50; i < 100; i++) {
            offer("liar" + i, 0);
        }

        assertThat(ladder.find(honest.nonceId())).isSameAs(honest);
    }

    @Test
    void fullLadder_neverLosesTheBest() {
        send("a", 1);
        Candidate best = offer("best", 1_000);
        rejections.put("best", 2);
        for (int i = 0; i < 200; i++) {
            offer("m" + i, 2_000 + 1_000L * i);
        }

        assertThat(ladder.find(best.nonceId())).isSameAs(best);
    }

    @Test
    void strangersAlone_useOnlyUnreservedAndFreePlaces() {
        send("a", 1);
        for (int i = 0; i < 100; i++) {
            offer("stranger" + i, 2 + i);
        }

        assertThat(dropped).hasSize(100 - Ladder.MAX_RUNNERS_UP);
    }

    @Test
    void requeued_goesOutAgain_unlessABetterOneIsQueued() {
        Candidate sent = send("a", 100);
        ladder.requeue(sent);
        assertThat(ladder.takeNext()).isSameAs(sent);

        Candidate better = offer("b", 50);
        ladder.requeue(sent);

        assertThat(ladder.queued()).isSameAs(better);
        assertThat(sent.fate()).isEqualTo(Fate.SUPERSEDED);
    }

    @Test
    void requeued_isDroppedWhenSomethingBetterWasConfirmedMeanwhile() {
        Candidate slow = send("a", 100);
        Candidate better = send("b", 50);
        ladder.confirm(better, 50);

        ladder.requeue(slow);

        assertThat(dropped).containsExactly(slow);
        assertThat(ladder.queued()).isNull();
    }

    @Test
    void parked_waitsAndComesBack() {
        Candidate stale = send("a", 100);

        ladder.park(stale);
        assertThat(stale.fate()).isEqualTo(Fate.STALE);
        assertThat(ladder.queued()).isNull();

        ladder.unpark(candidate -> true);
        assertThat(ladder.queued()).isSameAs(stale);
        assertThat(stale.fate()).isEqualTo(Fate.PENDING);
    }

    @Test
    void closed_pendingExpires_andTheRestIsDropped() {
        Candidate queued = offer("a", 100);
        Candidate runnerUp = offer("b", 200);

        ladder.close();

        assertThat(queued.fate()).isEqualTo(Fate.EXPIRED);
        assertThat(dropped).containsExactly(runnerUp);
    }

    @Test
    void refusedAccount_isHeld_andTheNextAccountGoesOut() {
        Candidate sent = send("a", 100);
        Candidate same = offer("b", 200);
        Candidate other = ofAccount(2, "b", 300);
        ladder.offer(other);

        ladder.hold(sent);

        assertThat(ladder.queued()).isSameAs(other);
        assertThat(List.of(sent, same)).allMatch(candidate -> candidate.fate() == Fate.PENDING);
        assertThat(ladder.heldAccounts()).containsExactly(sent.submission().accountId());
    }

    @Test
    void releasedAccount_competesAgain_theBestFirst() {
        Candidate sent = send("a", 100);
        Candidate other = ofAccount(2, "b", 300);
        ladder.offer(other);
        ladder.hold(sent);
        Candidate later = ofAccount(1, "c", 90);
        assertThat(ladder.offerHeld(later)).isTrue();

        ladder.release(sent.submission().accountId());

        assertThat(ladder.queued()).isSameAs(later);
        assertThat(ladder.heldAccounts()).isEmpty();
    }

    @Test
    void heldAccount_keepsTheBestOfEachOfFourMachines() {
        for (int machine = 0; machine < 6; machine++) {
            ladder.offerHeld(ofAccount(1, "m" + machine, 500 - machine));
            ladder.offerHeld(ofAccount(1, "m" + machine, 600 - machine));
        }

        assertThat(dropped).hasSize(8);
        assertThat(ladder.bestHeld(ofAccount(1, "x", 1).submission().accountId()).rawQuality()).isEqualTo(495);
    }

    @Test
    void heldAccounts_areBounded() {
        for (int account = 0; account < HeldCandidates.ACCOUNTS; account++) {
            assertThat(ladder.offerHeld(ofAccount(account, "m", 100))).isTrue();
        }

        Candidate tooMany = ofAccount(HeldCandidates.ACCOUNTS, "m", 100);
        assertThat(ladder.offerHeld(tooMany)).isFalse();
        assertThat(tooMany.fate()).isEqualTo(Fate.FILTERED);
    }

    @Test
    void probe_doesNotKeepOthersBack() {
        ladder.offerHeld(ofAccount(1, "a", 100));
        ladder.takeHeld(ofAccount(1, "x", 1).submission().accountId());

        Candidate other = ofAccount(2, "b", 300);
        ladder.offer(other);

        assertThat(ladder.takeNext()).isSameAs(other);
    }

    @Test
    void misfit_waitsBehindTheOtherForm() {
        Candidate misfit = ofAccount(1, "a", 100);
        misfits.add(misfit);
        ladder.offer(misfit);
        assertThat(ladder.isQueuedMisfit()).isTrue();

        Candidate fits = ofAccount(1, "b", 300);
        ladder.offer(fits);

        assertThat(ladder.queued()).isSameAs(fits);
        ladder.takeNext();
        misfits.clear();
        ladder.promote();
        assertThat(ladder.takeNext()).isSameAs(misfit);
    }

    @Test
    void yielding_letsItsRunnerUpGoOnce() {
        Candidate troubled = send("a", 100);
        Candidate runnerUp = offer("b", 200);
        troubled.yieldTurn();
        ladder.requeue(troubled);
        assertThat(ladder.takeNext()).isSameAs(runnerUp);

        ladder.confirm(runnerUp, 200);

        assertThat(ladder.takeNext()).isSameAs(troubled);
    }

    @Test
    void claimsForTheSameProof_theFirstAndTheBestLaterOneAreKept() {
        Candidate first = claim("a", 300);
        ladder.offer(first);
        Candidate later = claim("b", 200);
        ladder.offer(later);
        Candidate worse = claim("c", 250);
        assertThat(ladder.offer(worse)).isFalse();
        Candidate better = claim("d", 100);
        assertThat(ladder.offer(better)).isTrue();

        assertThat(dropped).containsExactly(later);
        assertThat(ladder.takeNext()).isSameAs(better);
        ladder.reject(better);
        assertThat(ladder.takeNext()).isSameAs(first);
    }

    @Test
    void rejectedResend_fallsBackToTheOtherConfirmedOne_andWhatWasRetainedCompetes() {
        Ladder retaining = new Ladder(new FakeStanding(), misfits::contains, true, new FakeObserver());
        Candidate confirmedFirst = ofAccount(1, "a", 300);
        retaining.offer(confirmedFirst);
        retaining.takeNext();
        retaining.confirm(confirmedFirst, 300);
        Candidate best = ofAccount(1, "b", 100);
        retaining.offer(best);
        retaining.takeNext();
        retaining.confirm(best, 100);
        Candidate between = ofAccount(1, "c", 200);
        Candidate behind = ofAccount(1, "d", 400);
        assertThat(retaining.offer(between)).isTrue();
        assertThat(retaining.offer(behind)).isTrue();
        assertThat(between.fate()).isEqualTo(Fate.FILTERED);

        retaining.rejectConfirmed(best);

        assertThat(best.fate()).isEqualTo(Fate.REJECTED);
        assertThat(retaining.confirmed()).hasValue(300);
        assertThat(retaining.queued()).isSameAs(between);
        retaining.takeNext();
        retaining.reject(between);
        retaining.rejectConfirmed(confirmedFirst);
        assertThat(retaining.confirmed()).isEmpty();
        assertThat(retaining.queued()).isSameAs(behind);
    }

    @Test
    void retained_isTheBestOfEachOfEightOtherMachines_andOfFourOtherAccounts() {
        Ladder retaining = new Ladder(new FakeStanding(), misfits::contains, true, new FakeObserver());
        Candidate best = ofAccount(1, "a", 100);
        retaining.offer(best);
        retaining.takeNext();
        retaining.confirm(best, 100);

        for (int machine = 0; machine < 10; machine++) {
            boolean kept = retaining.offer(ofAccount(1, "m" + machine, 200 + machine));
            assertThat(kept).as("machine " + machine).isEqualTo(machine < 8);
        }
        assertThat(retaining.offer(ofAccount(1, "a", 150))).as("its own machine").isFalse();
        for (int account = 2; account < 8; account++) {
            boolean kept = retaining.offer(ofAccount(account, "m0", 300 + account));
            assertThat(kept).as("account " + account).isEqualTo(account < 6);
        }
    }

    private Candidate ofAccount(int account, String machine, long rawQuality) {
        return new Candidate(
                nonce(round(1), account, 1_000 + sequence, rawQuality),
                new MinerId(machine),
                Instant.EPOCH,
                sequence++);
    }

    private Candidate claim(String machine, long rawQuality) {
        return new Candidate(nonce(round(1), 1, 7, rawQuality), new MinerId(machine), Instant.EPOCH, sequence++);
    }

    private Candidate send(String machine, long rawQuality) {
        Candidate candidate = offer(machine, rawQuality);
        assertThat(ladder.takeNext()).isSameAs(candidate);
        return candidate;
    }

    private Candidate offer(String machine, long rawQuality) {
        Candidate candidate = new Candidate(
                nonce(round(1), 1, 1_000 + sequence, rawQuality), new MinerId(machine), Instant.EPOCH, sequence++);
        ladder.offer(candidate);
        return candidate;
    }

    private final class FakeStanding implements Standing {
        @Override
        public boolean ranksBehind(String machine) {
            return badNonces(machine) >= Reputation.SUSPECT_AFTER;
        }

        @Override
        public int badNonces(String machine) {
            return rejections.getOrDefault(machine, 0);
        }

        @Override
        public boolean isTrusted(String machine) {
            return trusted.contains(machine);
        }
    }

    private final class FakeObserver implements LadderObserver {
        @Override
        public void moved(Candidate candidate, @Nullable Fate before, Fate after) {
            assertThat(candidate.fate()).isEqualTo(after);
        }

        @Override
        public void dropped(Candidate candidate, @Nullable Candidate behind) {
            dropped.add(candidate);
        }
    }
}
