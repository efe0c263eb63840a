package org.pocx.aggregator.core.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.MiningInfoUnavailable;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

class PollingMiningInfoCacheTest {
    private static final UpstreamTrouble AWAY = UpstreamTrouble.unreachable("connection refused");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final FakeUpstream upstream = new FakeUpstream();
    private final Deque<Runnable> questions = new ConcurrentLinkedDeque<>();
    private final List<MiningInfoOutcome> told = new ArrayList<>();
    private final PollingMiningInfoCache cache = new PollingMiningInfoCache(
            upstream, Duration.ofSeconds(1), Duration.ofSeconds(30), scheduler, questions::add);

    @Test
    void polls_atTheInterval() {
        upstream.announce(round(1));
        start();

        pass(Duration.ofSeconds(10));

        assertThat(upstream.polls()).isEqualTo(11);
    }

    @Test
    void unchangedInfo_isTheSameInstance() {
        upstream.announce(round(1));
        start();
        Object first = cache.current();
        upstream.announce(round(1));
        pass(Duration.ofSeconds(3));

        assertThat(cache.current()).isSameAs(first);
    }

    @Test
    void newBlock_isServedAfterTheNextPoll() {
        upstream.announce(round(1));
        start();
        upstream.announce(round(2));

        pass(Duration.ofSeconds(1));

        assertThat(cache.current()).isEqualTo(round(2));
    }

    @Test
    void age_countsFromTheLastGoodAnswer() {
        start();
        assertThat(cache.age()).isEmpty();
        upstream.announce(round(1));
        pass(Duration.ofSeconds(1));
        assertThat(cache.age()).contains(Duration.ZERO);

        upstream.fail(AWAY);
        pass(Duration.ofSeconds(7));

        assertThat(cache.age()).contains(Duration.ofSeconds(7));
    }

    @Test
    void upstreamAway_servesStale_thenNothing_thenHeals() {
        upstream.announce(round(1));
        start();
        upstream.fail(AWAY);
        pass(Duration.ofSeconds(30));
        assertThat(cache.current()).isInstanceOf(MiningInfo.class);
        assertThat(cache.trouble()).contains(AWAY);

        pass(Duration.ofSeconds(1));
        assertThat(cache.current()).isInstanceOf(MiningInfoUnavailable.class);

        upstream.announce(round(1));
        pass(Duration.ofSeconds(1));
        assertThat(cache.current()).isEqualTo(round(1));
        assertThat(cache.trouble()).isEmpty();
    }

    @Test
    void hangingPolls_getOthersBesideThem_boundedInNumber() {
        cache.start((outcome, asked) -> told.add(outcome));
        scheduler.advance(Duration.ofMillis(900));
        assertThat(questions).hasSize(1);
        scheduler.advance(Duration.ofMillis(100));
        assertThat(questions).hasSize(2);

        scheduler.advance(Duration.ofMinutes(10));

        assertThat(questions).hasSize(12);
    }

    @Test
    void upstreamThatDoesNotAnswer_isToldAsAway_andInfoAgesAsIfItWere() {
        upstream.announce(round(1));
        start();

        scheduler.advance(Duration.ofSeconds(6));
        assertThat(cache.trouble()).isPresent();
        assertThat(told.getLast()).isInstanceOfSatisfying(UpstreamTrouble.class, trouble -> assertThat(trouble.isUnreachable()).isTrue());
        assertThat(cache.current()).isEqualTo(round(1));

        scheduler.advance(Duration.ofSeconds(25));
        assertThat(cache.current()).isInstanceOf(MiningInfoUnavailable.class);
        answer();
        assertThat(cache.current()).isEqualTo(round(1));
        assertThat(cache.trouble()).isEmpty();
    }

    @Test
    void observer_isToldBeforeMinersAre() {
        List<Object> seenByMiners = new ArrayList<>();
        upstream.announce(round(1));
        cache.start((outcome, asked) -> {
            if (told.isEmpty()) {
                told.add(outcome);
            } else {
                seenByMiners.add(cache.current());
            }
        });
        answer();
        upstream.announce(round(2));

        pass(Duration.ofSeconds(1));

        assertThat(seenByMiners).containsExactly(round(1));
        assertThat(cache.current()).isEqualTo(round(2));
    }

    @Test
    void answerThatWasOvertaken_isNotTold() {
        cache.start((outcome, asked) -> told.add(outcome));
        scheduler.advance(Duration.ofSeconds(1));
        Runnable slow = questions.removeFirst();
        upstream.announce(round(2));
        questions.removeFirst().run();
        upstream.announce(round(1));

        slow.run();

        assertThat(told).containsExactly(new MiningInfoOutcome.Fetched(round(2)));
        assertThat(cache.current()).isEqualTo(round(2));
    }

    @Test
    void refresh_waitsForAQuestionAskedAfterIt_sharedByAll() throws Exception {
        upstream.announce(round(1));
        start();
        int before = upstream.polls();
        List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(refreshElsewhere());
        }
        awaitQuestion();
        upstream.announce(round(2));
        answerUntilDone(waiting);

        for (CompletableFuture<Boolean> one : waiting) {
            assertThat(one.get(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(upstream.polls() - before).isLessThanOrEqualTo(3);
        assertThat(cache.current()).isEqualTo(round(2));
    }

    @Test
    void refresh_whileTheUpstreamIsAway_isFalse() throws Exception {
        start();
        CompletableFuture<Boolean> waiting = refreshElsewhere();
        awaitQuestion();
        answerUntilDone(List.of(waiting));

        assertThat(waiting.get(60, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void extraQuestions_areOneAnIntervalAtMost() {
        upstream.announce(round(1));
        start();
        int before = upstream.polls();
        for (int i = 0; i < 100; i++) {
            cache.refreshSoon();
            answer();
        }

        assertThat(upstream.polls() - before).isEqualTo(1);
    }

    @Test
    void close_releasesWhoWaits() throws Exception {
        cache.start((outcome, asked) -> {});
        CompletableFuture<Boolean> waiting = refreshElsewhere();

        cache.close();

        assertThat(waiting.get(60, TimeUnit.SECONDS)).isFalse();
    }

    private void start() {
        cache.start((outcome, asked) -> told.add(outcome));
        answer();
    }

    private void answer() {
        for (Runnable question = questions.poll(); question != null; question = questions.poll()) {
            question.run();
        }
    }

    private void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            scheduler.advance(Duration.ofSeconds(1));
            answer();
        }
    }

    private CompletableFuture<Boolean> refreshElsewhere() {
        return CompletableFuture.supplyAsync(
                () -> cache.refresh(Duration.ofSeconds(20)), task -> Thread.ofVirtual().start(task));
    }

    /** The one extra question is asked by the thread that waits first. */
    private void awaitQuestion() {
        Await.until("somebody asks", () -> !questions.isEmpty());
    }

    private void answerUntilDone(List<CompletableFuture<Boolean>> waiting) {
        Await.until("all have their answer", () -> {
            scheduler.advance(Duration.ofMillis(100));
            answer();
            return waiting.stream().allMatch(CompletableFuture::isDone);
        });
    }
}
