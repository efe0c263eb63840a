package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.round.Round;

class CandidateQueueTest {
    private static final LaneFacts FACTS =
            new LaneFacts(0, Instant.EPOCH, Round.of(round(1)), 0, true, true, 1, true);

    private final Map<String, Integer> rejections = new HashMap<>();
    private final List<String> trusted = new ArrayList<>();
    private final Set<Candidate> misfits = new HashSet<>();
    private final LaneStep step = new LaneStep(FACTS);
    private final CandidateQueue queue =
            new CandidateQueue(new FakeRanking(), misfits::contains, VerificationRule.NONE, 1, false);
    private long sequence;

    @Test
    void firstOffer_isQueued() {
        Candidate first = offer("a", 100);

        assertThat(queue.queued()).isSameAs(first);
        assertThat(first.fate()).isEqualTo(Fate.PENDING);
    }

    @Test
    void equalQuality_theFirstWins() {
        Candidate first = offer("a", 100);
        Candidate second = offer("b", 100);

        assertThat(queue.queued()).isSameAs(first);
        assertThat(second.fate()).isEqualTo(Fate.FILTERED);
    }

    @Test
    void better_replacesTheQueued() {
        Candidate worse = offer("a", 100);
        Candidate better = offer("b", 99);

        assertThat(queue.queued()).isSameAs(better);
        assertThat(worse.fate()).isEqualTo(Fate.SUPERSEDED);
    }

    @Test
    void qualityAbove2Pow63_ranksAsUnsigned() {
        Candidate huge = offer("a", -1L);
        Candidate small = offer("b", 5);

        assertThat(queue.queued()).isSameAs(small);
        assertThat(huge.fate()).isEqualTo(Fate.SUPERSEDED);
    }

    @Test
    void worseThanInFlight_waits_andGoesOutAfterItsRejection() {
        Candidate sent = send("a", 100);
        Candidate waiting = offer("b", 200);
        assertThat(queue.queued()).isNull();

        queue.reject(sent, step);

        assertThat(queue.queued()).isSameAs(waiting);
    }

    @Test
    void betterThanInFlight_goesOutBesideIt() {
        Candidate slow = send("a", 100);
        Candidate better = send("b", 50);
        offer("c", 40);

        assertThat(better.fate()).isEqualTo(Fate.PENDING);
        assertThat(slow.fate()).isEqualTo(Fate.PENDING);
        assertThat(queue.takeNext(step)).as("two in flight are enough").isNull();
    }

    @Test
    void confirmed_dropsWhatIsNotBetter() {
        Candidate sent = send("a", 100);
        Candidate worse = offer("b", 150);

        queue.confirm(sent, 100, step);

        assertThat(dropped()).containsExactly(worse);
        assertThat(offer("c", 100).fate()).isEqualTo(Fate.FILTERED);
        assertThat(queue.queued()).isNull();
    }

    @Test
    void confirmedWorseThanClaimed_sendsTheBetterRunnerUp() {
        Candidate liar = send("liar", 1);
        Candidate honest = offer("b", 150);

        queue.confirm(liar, 200, step);

        assertThat(queue.queued()).isSameAs(honest);
    }

    @Test
    void rejections_promoteTheNextBest_untilOneIsConfirmed() {
        Candidate first = send("a", 1);
        List<Candidate> others = List.of(offer("b", 4), offer("c", 3), offer("d", 2));

        queue.reject(first, step);
        assertThat(queue.takeNext(step)).isSameAs(others.get(2));
        queue.reject(others.get(2), step);
        assertThat(queue.takeNext(step)).isSameAs(others.get(1));
        queue.confirm(others.get(1), 3, step);

        assertThat(queue.takeNext(step)).isNull();
        assertThat(dropped()).containsExactly(others.get(0));
    }

    @Test
    void suspect_ranksBehindWorseClaimsOfOthers() {
        rejections.put("liar", MachineTrust.SUSPECT_AFTER);
        offer("liar", 0);
        Candidate honest = offer("b", 500);

        assertThat(queue.queued()).isSameAs(honest);
    }

    @Test
    void machineThatBecomesSuspect_letsTheNextBestGoFirst() {
        Candidate first = send("liar", 0);
        Candidate second = offer("liar", 1);
        Candidate honest = offer("b", 500);
        rejections.put("liar", MachineTrust.SUSPECT_AFTER);

        queue.reject(first, step);

        assertThat(queue.queued()).isSameAs(honest);
        assertThat(second.fate()).isNotEqualTo(Fate.PENDING);
    }

    @Test
    void fullCandidateQueue_theMachineWithMostPlacesLosesItsWorst() {
        send("a", 1);
        Candidate honest = offer("honest", 9_000);
        List<Candidate> greedy = new ArrayList<>();
        for (int i = 0; i < CandidateQueue.MAX_RUNNERS_UP; i++) {
            greedy.add(offer("greedy", 100 + i));
        }

        assertThat(dropped()).containsExactly(greedy.getLast());
        assertThat(queue.find(honest.nonceId())).isSameAs(honest);
    }

    @Test
    void manyUntrustedMachines_cannotDisplaceTrustedOnes() {
        send("a", 1);
        List<Candidate> honest = new ArrayList<>();
        for (int i = 0; i < CandidateQueue.RESERVED_FOR_TRUSTED; i++) {
            trusted.add("honest" + i);
            honest.add(offer("honest" + i, 9_000 + i));
        }
        for (int i = 0; i < 200; i++) {
            offer("stranger" + i, 2 + i);
        }

        assertThat(honest).allMatch(candidate -> queue.find(candidate.nonceId()) == candidate);
        assertThat(dropped()).hasSize(200 - (CandidateQueue.MAX_RUNNERS_UP - CandidateQueue.RESERVED_FOR_TRUSTED));
    }

    @Test
    void manyEqualClaims_doNotDisplaceAnotherClaim() {
        send("liar", 0);
        for (int i = 0; i < 50; i++) {
            offer("liar" + i, 0);
        }
        Candidate honest = offer("honest", 3_000_000);
        for (int i = 50; i < 100; i++) {
            offer("liar" + i, 0);
        }

        assertThat(queue.find(honest.nonceId())).isSameAs(honest);
    }

    @Test
    void fullQueue_neverLosesTheBest() {
        send("a", 1);
        Candidate best = offer("best", 1_000);
        rejections.put("best", 2);
        for (int i = 0; i < 200; i++) {
            offer("m" + i, 2_000 + 1_000L * i);
        }

        assertThat(queue.find(best.nonceId())).isSameAs(best);
    }

    @Test
    void untrustedMachinesAlone_useOnlyUnreservedAndFreePlaces() {
        send("a", 1);
        for (int i = 0; i < 100; i++) {
            offer("stranger" + i, 2 + i);
        }

        assertThat(dropped()).hasSize(100 - CandidateQueue.MAX_RUNNERS_UP);
    }

    @Test
    void requeued_goesOutAgain_unlessABetterOneIsQueued() {
        Candidate sent = send("a", 100);
        queue.requeue(sent, step);
        assertThat(queue.takeNext(step)).isSameAs(sent);

        Candidate better = offer("b", 50);
        queue.requeue(sent, step);

        assertThat(queue.queued()).isSameAs(better);
        assertThat(sent.fate()).isEqualTo(Fate.SUPERSEDED);
    }

    @Test
    void requeued_isDroppedWhenSomethingBetterWasConfirmedMeanwhile() {
        Candidate slow = send("a", 100);
        Candidate better = send("b", 50);
        queue.confirm(better, 50, step);

        queue.requeue(slow, step);

        assertThat(dropped()).containsExactly(slow);
        assertThat(queue.queued()).isNull();
    }

    @Test
    void parked_waitsAndComesBack() {
        Candidate stale = send("a", 100);

        queue.park(stale, step);
        assertThat(stale.fate()).isEqualTo(Fate.STALE);
        assertThat(queue.queued()).isNull();

        queue.unpark(candidate -> true, step);
        assertThat(queue.queued()).isSameAs(stale);
        assertThat(stale.fate()).isEqualTo(Fate.PENDING);
    }

    @Test
    void closed_pendingExpires_andTheRestIsDropped() {
        Candidate queued = offer("a", 100);
        Candidate runnerUp = offer("b", 200);

        queue.close(step);

        assertThat(queued.fate()).isEqualTo(Fate.EXPIRED);
        assertThat(dropped()).containsExactly(runnerUp);
    }

    @Test
    void refusedAccount_isHeld_andTheNextAccountGoesOut() {
        Candidate sent = send("a", 100);
        Candidate same = offer("b", 200);
        Candidate other = ofAccount(2, "b", 300);
        queue.offer(other, step);

        queue.hold(sent, step);

        assertThat(queue.queued()).isSameAs(other);
        assertThat(List.of(sent, same)).allMatch(candidate -> candidate.fate() == Fate.PENDING);
        assertThat(queue.heldAccounts()).containsExactly(sent.accountId());
    }

    @Test
    void releasedAccount_competesAgain_theBestFirst() {
        Candidate sent = send("a", 100);
        Candidate other = ofAccount(2, "b", 300);
        queue.offer(other, step);
        queue.hold(sent, step);
        Candidate later = ofAccount(1, "c", 90);
        assertThat(queue.offerHeld(later, step)).isTrue();

        queue.release(sent.accountId(), step);

        assertThat(queue.queued()).isSameAs(later);
        assertThat(queue.heldAccounts()).isEmpty();
    }

    @Test
    void heldAccount_keepsTheBestOfEachOfFourMachines() {
        for (int machine = 0; machine < 6; machine++) {
            queue.offerHeld(ofAccount(1, "m" + machine, 500 - machine), step);
            queue.offerHeld(ofAccount(1, "m" + machine, 600 - machine), step);
        }

        assertThat(dropped()).hasSize(8);
        assertThat(queue.bestHeld(ofAccount(1, "x", 1).accountId()).rawQuality()).isEqualTo(495);
    }

    @Test
    void heldAccounts_areBounded() {
        for (int account = 0; account < HeldCandidates.ACCOUNTS; account++) {
            assertThat(queue.offerHeld(ofAccount(account, "m", 100), step)).isTrue();
        }

        Candidate tooMany = ofAccount(HeldCandidates.ACCOUNTS, "m", 100);
        assertThat(queue.offerHeld(tooMany, step)).isFalse();
        assertThat(tooMany.fate()).isEqualTo(Fate.FILTERED);
    }

    @Test
    void probe_doesNotKeepOthersBack() {
        queue.offerHeld(ofAccount(1, "a", 100), step);
        queue.takeHeld(ofAccount(1, "x", 1).accountId());

        Candidate other = ofAccount(2, "b", 300);
        queue.offer(other, step);

        assertThat(queue.takeNext(step)).isSameAs(other);
    }

    @Test
    void misfit_waitsBehindTheOtherForm() {
        Candidate misfit = ofAccount(1, "a", 100);
        misfits.add(misfit);
        queue.offer(misfit, step);
        assertThat(queue.isQueuedMisfit()).isTrue();

        Candidate fits = ofAccount(1, "b", 300);
        queue.offer(fits, step);

        assertThat(queue.queued()).isSameAs(fits);
        queue.takeNext(step);
        misfits.clear();
        queue.promote(step);
        assertThat(queue.takeNext(step)).isSameAs(misfit);
    }

    @Test
    void yielding_letsItsRunnerUpGoFirstOnce() {
        Candidate troubled = send("a", 100);
        Candidate runnerUp = offer("b", 200);
        troubled.yielding(true);
        queue.requeue(troubled, step);
        assertThat(queue.takeNext(step)).isSameAs(runnerUp);

        queue.confirm(runnerUp, 200, step);

        assertThat(queue.takeNext(step)).isSameAs(troubled);
    }

    @Test
    void claimsForTheSameProof_theFirstAndTheBestLaterOneAreKept() {
        Candidate first = claim("a", 300);
        queue.offer(first, step);
        Candidate later = claim("b", 200);
        queue.offer(later, step);
        Candidate worse = claim("c", 250);
        assertThat(queue.offer(worse, step)).isFalse();
        Candidate better = claim("d", 100);
        assertThat(queue.offer(better, step)).isTrue();

        assertThat(dropped()).containsExactly(later);
        assertThat(queue.takeNext(step)).isSameAs(better);
        queue.reject(better, step);
        assertThat(queue.takeNext(step)).isSameAs(first);
    }

    @Test
    void rejectedResend_fallsBackToTheOtherConfirmedOne_andWhatWasRetainedCompetes() {
        CandidateQueue retaining =
                new CandidateQueue(new FakeRanking(), misfits::contains, VerificationRule.NONE, 1, true);
        Candidate confirmedFirst = ofAccount(1, "a", 300);
        retaining.offer(confirmedFirst, step);
        retaining.takeNext(step);
        retaining.confirm(confirmedFirst, 300, step);
        Candidate best = ofAccount(1, "b", 100);
        retaining.offer(best, step);
        retaining.takeNext(step);
        retaining.confirm(best, 100, step);
        Candidate between = ofAccount(1, "c", 200);
        Candidate behind = ofAccount(1, "d", 400);
        assertThat(retaining.offer(between, step)).isTrue();
        assertThat(retaining.offer(behind, step)).isTrue();
        assertThat(between.fate()).isEqualTo(Fate.FILTERED);

        retaining.rejectConfirmed(best, step);

        assertThat(best.fate()).isEqualTo(Fate.REJECTED);
        assertThat(retaining.bestConfirmed()).isSameAs(confirmedFirst);
        assertThat(retaining.queued()).isSameAs(between);
        retaining.takeNext(step);
        retaining.reject(between, step);
        retaining.rejectConfirmed(confirmedFirst, step);
        assertThat(retaining.bestConfirmed()).isNull();
        assertThat(retaining.queued()).isSameAs(behind);
    }

    @Test
    void retained_isTheBestOfEachOfEightOtherMachines_andOfFourOtherAccounts() {
        CandidateQueue retaining =
                new CandidateQueue(new FakeRanking(), misfits::contains, VerificationRule.NONE, 1, true);
        Candidate best = ofAccount(1, "a", 100);
        retaining.offer(best, step);
        retaining.takeNext(step);
        retaining.confirm(best, 100, step);

        for (int machine = 0; machine < 10; machine++) {
            boolean kept = retaining.offer(ofAccount(1, "m" + machine, 200 + machine), step);
            assertThat(kept).as("machine " + machine).isEqualTo(machine < 8);
        }
        assertThat(retaining.offer(ofAccount(1, "a", 150), step)).as("its own machine").isFalse();
        for (int account = 2; account < 8; account++) {
            boolean kept = retaining.offer(ofAccount(account, "m0", 300 + account), step);
            assertThat(kept).as("account " + account).isEqualTo(account < 6);
        }
    }

    @Test
    void bestThree_areSent_twoAtATime_andOnlyWhatBeatsTheThirdBestConfirmed() {
        CandidateQueue three =
                new CandidateQueue(new FakeRanking(), misfits::contains, VerificationRule.NONE, 3, false);
        Candidate second = offerTo(three, "b", 200);
        Candidate third = offerTo(three, "c", 300);
        Candidate best = offerTo(three, "a", 100);
        Candidate fourth = offerTo(three, "d", 400);

        assertThat(three.takeNext(step)).isSameAs(best);
        assertThat(three.takeNext(step)).isSameAs(second);
        assertThat(three.queued()).isSameAs(third);
        assertThat(three.isQueuedBest()).as("no reason to end an attempt").isFalse();
        assertThat(three.takeNext(step)).as("two in flight are enough").isNull();
        three.confirm(best, 100, step);
        assertThat(three.takeNext(step)).isSameAs(third);
        assertThat(three.queued()).as("the fourth is not needed").isNull();
        three.confirm(second, 200, step);
        three.confirm(third, 300, step);

        assertThat(dropped()).containsExactly(fourth);
        assertThat(three.bestConfirmed()).isSameAs(best);
        assertThat(offerTo(three, "e", 300).fate()).isEqualTo(Fate.FILTERED);
        Candidate better = offerTo(three, "e", 299);
        assertThat(three.takeNext(step)).isSameAs(better);
        three.confirm(better, 299, step);
        assertThat(offerTo(three, "f", 299).fate()).isEqualTo(Fate.FILTERED);
    }

    @Test
    void bestTwo_whenOneIsRejected_theNextIsSent() {
        CandidateQueue two = new CandidateQueue(new FakeRanking(), misfits::contains, VerificationRule.NONE, 2, false);
        Candidate best = offerTo(two, "a", 100);
        Candidate second = offerTo(two, "b", 200);
        Candidate third = offerTo(two, "c", 300);
        two.takeNext(step);
        two.takeNext(step);
        assertThat(two.queued()).isNull();

        two.reject(best, step);

        assertThat(two.takeNext(step)).isSameAs(third);
        two.confirm(second, 200, step);
        two.confirm(third, 300, step);
        assertThat(two.takeNext(step)).isNull();
    }

    @Test
    void bestTwo_confirmedWorseThanClaimed_sendsTheNext() {
        CandidateQueue two = new CandidateQueue(new FakeRanking(), misfits::contains, VerificationRule.NONE, 2, false);
        Candidate liar = offerTo(two, "liar", 1);
        Candidate second = offerTo(two, "b", 200);
        Candidate third = offerTo(two, "c", 300);
        two.takeNext(step);
        two.takeNext(step);

        two.confirm(liar, 500, step);

        assertThat(two.queued()).isSameAs(third);
        two.confirm(second, 200, step);
        assertThat(two.takeNext(step)).isSameAs(third);
        two.confirm(third, 300, step);
        assertThat(offerTo(two, "d", 300).fate()).isEqualTo(Fate.FILTERED);
    }

    @Test
    void bestTwo_severalClaimsForOneProof_countOnce() {
        CandidateQueue two = new CandidateQueue(new FakeRanking(), misfits::contains, VerificationRule.NONE, 2, false);
        Candidate falseClaim = claim("liar", 1);
        two.offer(falseClaim, step);
        two.takeNext(step);
        two.confirm(falseClaim, 100, step);
        Candidate trueClaim = claim("a", 100);

        assertThat(two.offer(trueClaim, step)).as("the upstream has this nonce").isFalse();
        assertThat(trueClaim.fate()).isEqualTo(Fate.FILTERED);
        assertThat(offerTo(two, "b", 200).fate()).isEqualTo(Fate.PENDING);
    }

    @Test
    void bestTwo_runnerUpIsCoveredByTwoDurableOnesOnly() {
        CandidateQueue two = new CandidateQueue(new FakeRanking(), misfits::contains, VerificationRule.NONE, 2, false);
        Candidate best = offerTo(two, "a", 100);
        Candidate second = offerTo(two, "b", 200);
        two.takeNext(step);
        two.takeNext(step);
        Candidate third = offerTo(two, "c", 300);
        best.markDurable();
        assertThat(two.isCovered(third)).isFalse();

        second.markDurable();

        assertThat(two.isCovered(third)).isTrue();
    }

    @Test
    void judgedByOneUpstream_keptForAnotherIsBounded_andTheBestCompeteThere() {
        CandidateQueue two =
                new CandidateQueue(
                        new FakeRanking(), misfits::contains, VerificationRule.NONE, 1, false, () -> true, "upstream");
        for (int i = 0; i < 10 * CandidateQueue.MAX_SETTLED; i++) {
            Candidate candidate = offerTo(two, "a", 1_000 - i);
            two.takeNext(step);
            two.reject(candidate, step);
        }
        assertThat(two.takeNext(step)).isNull();

        two.useUpstream("b", step);

        int competing = 0;
        for (Candidate next = two.takeNext(step); next != null; next = two.takeNext(step)) {
            assertThat(next.rawQuality()).isEqualTo(1_000 - 10 * CandidateQueue.MAX_SETTLED + 1 + competing);
            competing++;
            two.reject(next, step);
        }
        assertThat(competing).isEqualTo(CandidateQueue.MAX_SETTLED);
    }

    private Candidate offerTo(CandidateQueue other, String machine, long rawQuality) {
        Candidate candidate = candidate(nonce(round(1), 1, 1_000 + sequence, rawQuality), machine);
        other.offer(candidate, step);
        return candidate;
    }

    private Candidate candidate(NonceSubmission submission, String machine) {
        return new Candidate(new ReceivedNonce(submission, new MinerId(machine), Instant.EPOCH), sequence++);
    }

    /** The candidates that were dropped so far: their miners get a receipt without a verdict. */
    private List<Candidate> dropped() {
        return step.effects().stream()
                .map(effect -> switch (effect) {
                    case LaneEffect.GiveReceipt receipt -> receipt.candidate();
                    case LaneEffect.GiveReceiptWith receipt -> receipt.candidate();
                    default -> null;
                })
                .filter(Objects::nonNull)
                .filter(candidate -> candidate.fate() == Fate.FILTERED || candidate.fate() == Fate.SUPERSEDED)
                .toList();
    }

    private Candidate ofAccount(int account, String machine, long rawQuality) {
        return candidate(nonce(round(1), account, 1_000 + sequence, rawQuality), machine);
    }

    private Candidate claim(String machine, long rawQuality) {
        return candidate(nonce(round(1), 1, 7, rawQuality), machine);
    }

    private Candidate send(String machine, long rawQuality) {
        Candidate candidate = offer(machine, rawQuality);
        assertThat(queue.takeNext(step)).isSameAs(candidate);
        return candidate;
    }

    private Candidate offer(String machine, long rawQuality) {
        Candidate candidate = candidate(nonce(round(1), 1, 1_000 + sequence, rawQuality), machine);
        queue.offer(candidate, step);
        return candidate;
    }

    private final class FakeRanking implements MachineRanking {
        @Override
        public boolean ranksBehind(MinerId machine) {
            return badNonces(machine) >= MachineTrust.SUSPECT_AFTER;
        }

        @Override
        public int badNonces(MinerId machine) {
            return rejections.getOrDefault(machine.id(), 0);
        }

        @Override
        public boolean isTrusted(MinerId machine) {
            return trusted.contains(machine.id());
        }

        @Override
        public String competitor(MinerId machine) {
            return machine.id();
        }
    }
}
