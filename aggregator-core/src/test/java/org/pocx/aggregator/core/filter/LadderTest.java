package org.pocx.aggregator.core.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;

class LadderTest {
    private final Map<String, Integer> rejections = new HashMap<>();
    private final List<String> trusted = new ArrayList<>();
    private final List<Candidate> dropped = new ArrayList<>();
    private final Ladder ladder = new Ladder(new FakeStanding(), new FakeObserver());
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
    void accountWithoutAChance_losesAllItsPlaces() {
        Candidate sent = send("a", 100);
        Candidate same = offer("b", 200);
        Candidate other = new Candidate(nonce(round(1), 2, 1, 300), new MinerId("b"), Instant.EPOCH, sequence++);
        ladder.offer(other);

        ladder.rejectAccount(sent.submission().accountId());
        ladder.reject(sent);

        assertThat(same.fate()).isEqualTo(Fate.REJECTED);
        assertThat(ladder.queued()).isSameAs(other);
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
        public boolean isSuspect(String machine) {
            return rejections(machine) >= Reputation.SUSPECT_AFTER;
        }

        @Override
        public int rejections(String machine) {
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
        public void dropped(Candidate candidate) {
            dropped.add(candidate);
        }
    }
}
