package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.CountedFates;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.upstream.NamedUpstream;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamState;
import org.pocx.aggregator.core.upstream.UpstreamStatus;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** The whole aggregator with several upstreams, on a clock that the test moves. */
class SeveralUpstreamsTest {
    private static final MinerId MINER = new MinerId("10.0.0.1");
    private static final MiningInfo ROUND = round(1);
    private static final UpstreamTrouble DOWN = UpstreamTrouble.connectionRefused("connection refused");

    private final FakeUpstream home = new FakeUpstream();
    private final FakeUpstream second = new FakeUpstream();
    private final SubmissionStore memory = SubmissionStore.inMemory();
    private final List<String> switches = Collections.synchronizedList(new ArrayList<>());
    private boolean homeIsDown;
    private CountedFates fates = new CountedFates();
    private ManualScheduler scheduler = new ManualScheduler();
    private Aggregator aggregator = build(SubmissionMode.POOL);

    /** Survives the aggregator. */
    private final class Kept implements SubmissionStore {
        @Override
        public StoredFarm load(Instant now) {
            return memory.load(now);
        }

        @Override
        public CompletableFuture<Void> write(StoreChange change) {
            return memory.write(change);
        }

        @Override
        public void close() {}
    }

    private Aggregator build(SubmissionMode mode) {
        scheduler = new ManualScheduler();
        fates = new CountedFates();
        return Aggregator.builder()
                .upstreams(
                        List.of(new NamedUpstream("home", "id-1", home), new NamedUpstream("second", "id-2", second)))
                .mode(mode)
                .scheduler(scheduler)
                .store(new Kept())
                .listener(fates)
                .listener(event -> {
                    if (event instanceof AggregatorEvent.UpstreamSwitched switched) {
                        switches.add((switched.isReturn() ? "return " : "failover ") + switched.to());
                    }
                })
                .build();
    }

    @AfterEach
    void stop() {
        aggregator.close();
    }

    /** Lets time pass until something is so. Each step waits for the threads that poll, so that none seems to hang. */
    private void passUntil(String what, BooleanSupplier condition) {
        Await.until(what, () -> {
            scheduler.advance(Duration.ofMillis(250));
            Await.until("a poll of the active upstream", () -> isActiveDown() || isPolled());
            return condition.getAsBoolean();
        });
    }

    private boolean isActiveDown() {
        return homeIsDown && active().equals("home");
    }

    private boolean isPolled() {
        return aggregator.miningInfoAge().filter(age -> age.compareTo(Duration.ofMillis(1_500)) < 0).isPresent();
    }

    private void homeGoesDown() {
        homeIsDown = true;
        home.fail(DOWN);
    }

    private void startBoth() {
        home.announce(ROUND);
        second.announce(ROUND);
        aggregator.start();
        passUntil("both answered", () -> aggregator.upstreams().stream()
                .allMatch(upstream -> upstream.state() == UpstreamState.OK));
    }

    private String active() {
        return aggregator.upstreams().stream()
                .filter(UpstreamStatus::active)
                .map(UpstreamStatus::name)
                .findFirst()
                .orElseThrow();
    }

    private void submit(NonceSubmission nonce) {
        assertThat(aggregator.submit(nonce, MINER)).isInstanceOf(SubmissionReceipt.class);
    }

    private void homeFails() {
        homeGoesDown();
        home.judge(nonce -> DOWN);
        passUntil("the other is active", () -> active().equals("second"));
    }

    private void homeWorksAgain(MiningInfo info) {
        home.announce(info);
        homeIsDown = false;
        home.judge(nonce -> new SubmitOutcome.Accepted(nonce.rawQuality()));
    }

    @Test
    void pendingNonce_reachesTheUpstreamThatBecomesActive() {
        startBoth();
        home.judge(nonce -> DOWN);
        submit(nonce(ROUND, 1, 1, 100));

        homeFails();

        passUntil("it is confirmed", () -> fates.count(Fate.CONFIRMED) == 1);
        assertThat(second.submitted()).containsExactly(nonce(ROUND, 1, 1, 100));
        assertThat(switches).containsExactly("failover second");
    }

    @Test
    void confirmedBest_isSentToTheOtherOnce_andStaysConfirmed() {
        startBoth();
        submit(nonce(ROUND, 1, 1, 200));
        passUntil("the first is confirmed", () -> fates.count(Fate.CONFIRMED) == 1);
        submit(nonce(ROUND, 1, 2, 100));
        passUntil("both are confirmed", () -> fates.count(Fate.CONFIRMED) == 2);

        homeFails();

        passUntil("the best is there", () -> !second.submitted().isEmpty());
        passTime(Duration.ofSeconds(20));
        assertThat(second.submitted()).containsExactly(nonce(ROUND, 1, 2, 100));
        assertThat(fates.count(Fate.CONFIRMED)).isEqualTo(2);
        assertThat(fates.received()).isEqualTo(2);
    }

    private void passTime(Duration time) {
        long end = scheduler.nanoTime() + time.toNanos();
        passUntil("time passes", () -> scheduler.nanoTime() - end >= 0);
    }

    @Test
    void return_givesThePreferredOneWhatItHasNotConfirmed_andNothingElse() {
        startBoth();
        submit(nonce(ROUND, 1, 1, 200));
        submit(nonce(ROUND, 2, 1, 200));
        passUntil("both are confirmed", () -> fates.count(Fate.CONFIRMED) == 2);
        homeFails();
        passUntil("both are there", () -> second.submitted().size() == 2);
        submit(nonce(ROUND, 1, 2, 100));
        passUntil("the better one is confirmed", () -> fates.count(Fate.CONFIRMED) == 3);
        int before = home.submitted().size();

        homeWorksAgain(ROUND);
        passUntil("home is active again", () -> active().equals("home"));
        passUntil("it has the better one", () -> home.submitted().size() > before);
        passTime(Duration.ofSeconds(20));

        assertThat(home.submitted().subList(before, home.submitted().size()))
                .containsExactly(nonce(ROUND, 1, 2, 100));
        assertThat(switches).containsExactly("failover second", "return home");
    }

    @Test
    void rejectedByOne_isSentToTheOther_unlessItsProofIsBad() {
        startBoth();
        home.judge(nonce -> nonce.nonce() == 1
                ? new SubmitOutcome.Rejected(UpstreamMessage.of("PoCX validation failed"), true)
                : new SubmitOutcome.Rejected(UpstreamMessage.of("invalid compression"), true));
        submit(nonce(ROUND, 1, 1, 100));
        submit(nonce(ROUND, 1, 2, 200));
        passUntil("both are rejected", () -> fates.count(Fate.REJECTED) == 2);

        homeFails();

        passUntil("one is confirmed", () -> fates.count(Fate.CONFIRMED) == 1);
        assertThat(second.submitted()).containsExactly(nonce(ROUND, 1, 2, 200));
        assertThat(fates.count(Fate.REJECTED)).isEqualTo(1);
    }

    @Test
    void answersPollsAndNoNonce_switchesAndStays() {
        startBoth();
        home.judge(nonce -> UpstreamTrouble.busy("later"));
        submit(nonce(ROUND, 1, 1, 100));
        submit(nonce(ROUND, 2, 1, 100));

        passUntil("the other is active", () -> active().equals("second"));
        passUntil("both are confirmed", () -> fates.count(Fate.CONFIRMED) == 2);
        passTime(Duration.ofMinutes(3));

        assertThat(switches).containsExactly("failover second");
        assertThat(aggregator.upstreams().getFirst().state()).isEqualTo(UpstreamState.NOT_FORWARDING);

        homeWorksAgain(ROUND);
        passUntil("home is active again", () -> active().equals("home"));
    }

    @Test
    void upstreamThatHoldsNonces_isNotReplaced() {
        startBoth();
        home.judge(nonce -> new SubmitOutcome.Held(UpstreamMessage.of("no verdict yet")));
        submit(nonce(ROUND, 1, 1, 100));
        submit(nonce(ROUND, 2, 1, 100));

        passTime(Duration.ofMinutes(1));

        assertThat(switches).isEmpty();
        assertThat(home.submitted()).hasSizeGreaterThan(10);
        assertThat(aggregator.upstreams().getFirst().state()).isEqualTo(UpstreamState.OK);
    }

    @Test
    void everyConfirmedAccountIsRefused_switches() {
        startBoth();
        submit(nonce(ROUND, 1, 1, 100));
        passUntil("it is confirmed", () -> fates.count(Fate.CONFIRMED) == 1);
        home.judge(nonce -> UpstreamTrouble.accountRefused(UpstreamMessage.of("no such account")));
        submit(nonce(ROUND, 1, 2, 50));

        passUntil("the other is active", () -> active().equals("second"));

        passUntil("it is confirmed there", () -> second.submitted().contains(nonce(ROUND, 1, 2, 50)));
    }

    @Test
    void minersSeeTheRoundOfTheActiveOne() {
        home.announce(ROUND);
        second.announce(round(2));
        aggregator.start();
        passUntil("both answered", () -> aggregator.upstreams().stream()
                .allMatch(upstream -> upstream.latency().isPresent()));
        assertThat(aggregator.miningInfo(MINER)).isEqualTo(ROUND);

        homeFails();

        assertThat(aggregator.miningInfo(MINER)).isEqualTo(round(2));
    }

    @Test
    void nonceOfARoundThatTheActiveOneDoesNotKnow_waits() {
        startBoth();
        second.announce(round(2));
        passTime(Duration.ofSeconds(12));
        homeFails();
        second.judge(nonce -> new SubmitOutcome.Accepted(nonce.rawQuality()));
        homeWorksAgain(round(3));
        passUntil("home answers", () -> aggregator.upstreams().getFirst().state() != UpstreamState.UNREACHABLE);

        submit(nonce(round(3), 1, 1, 100));
        passTime(Duration.ofSeconds(5));

        assertThat(second.submitted()).isEmpty();
        second.announce(round(3));
        passUntil("it is confirmed", () -> fates.count(Fate.CONFIRMED) == 1);
    }

    @Test
    void restartInTheMiddle_sendsWhatTheActiveOneHasNotConfirmed() {
        startBoth();
        submit(nonce(ROUND, 1, 1, 100));
        passUntil("it is confirmed", () -> fates.count(Fate.CONFIRMED) == 1);
        homeGoesDown();
        home.judge(nonce -> DOWN);
        submit(nonce(ROUND, 2, 1, 100));
        aggregator.close(); // not yet switched

        aggregator = build(SubmissionMode.POOL);
        aggregator.start();

        passUntil("both are there", () -> second.submitted().size() == 2);
        assertThat(second.submitted()).containsExactlyInAnyOrder(nonce(ROUND, 1, 1, 100), nonce(ROUND, 2, 1, 100));
        passTime(Duration.ofSeconds(20));
        assertThat(second.submitted()).hasSize(2);
    }

    @Test
    void restartAfterASwitch_knowsWhatEachHas() {
        startBoth();
        submit(nonce(ROUND, 1, 1, 100));
        passUntil("it is confirmed", () -> fates.count(Fate.CONFIRMED) == 1);
        homeFails();
        passUntil("it is there", () -> second.submitted().size() == 1);
        submit(nonce(ROUND, 1, 2, 50));
        passUntil("the better one is there", () -> fates.count(Fate.CONFIRMED) == 2);
        aggregator.close();
        homeWorksAgain(ROUND);
        int before = home.submitted().size();

        aggregator = build(SubmissionMode.POOL);
        aggregator.start();

        passUntil("home has the better one", () -> home.submitted().size() > before);
        passTime(Duration.ofSeconds(20));
        assertThat(home.submitted().subList(before, home.submitted().size())).containsExactly(nonce(ROUND, 1, 2, 50));
        assertThat(second.submitted()).hasSize(2);
    }

    @Test
    void walletMode_confirmedBestOfTheLiveRoundGoesToTheOtherNode() {
        aggregator.close();
        aggregator = build(SubmissionMode.WALLET);
        startBoth();
        submit(nonce(ROUND, 1, 1, 100));
        submit(nonce(ROUND, 2, 1, 50));
        passUntil("the best is confirmed", () -> home.submitted().contains(nonce(ROUND, 2, 1, 50))
                && fates.count(Fate.CONFIRMED) >= 1 && fates.count(Fate.PENDING) == 0);

        homeFails();

        passUntil("it is there", () -> second.submitted().contains(nonce(ROUND, 2, 1, 50)));
        assertThat(second.submitted()).containsOnly(nonce(ROUND, 2, 1, 50));
    }

    @Test
    void upstreamIsRemoved_itsNoncesGoToTheOther() {
        startBoth();
        home.judge(nonce -> UpstreamTrouble.busy("later"));
        submit(nonce(ROUND, 1, 1, 100));

        aggregator.changeUpstreams(
                List.of(new NamedUpstream("second", "id-2", second)), Duration.ofSeconds(10), Duration.ofSeconds(30));

        assertThat(active()).isEqualTo("second");
        passUntil("it is confirmed", () -> fates.count(Fate.CONFIRMED) == 1);
        assertThat(second.submitted()).containsExactly(nonce(ROUND, 1, 1, 100));
    }

    @Test
    void upstreamIsAdded_itIsPolledAndTakesOver() {
        startBoth();
        FakeUpstream third = new FakeUpstream();
        third.announce(ROUND);
        aggregator.changeUpstreams(
                List.of(new NamedUpstream("home", "id-1", home), new NamedUpstream("third", "id-3", third)),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
        passUntil("it is polled", () -> third.polls() > 0);

        homeGoesDown();
        passUntil("it is active", () -> active().equals("third"));

        assertThat(switches).containsExactly("failover third");
    }

    @Test
    void sameNameOrIdTwice_isRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Aggregator.builder()
                        .upstreams(List.of(new NamedUpstream("a", "1", home), new NamedUpstream("a", "2", second))));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Aggregator.builder()
                        .upstreams(List.of(new NamedUpstream("a", "1", home), new NamedUpstream("b", "1", second))));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Aggregator.builder().upstreams(List.of()));
    }
}
