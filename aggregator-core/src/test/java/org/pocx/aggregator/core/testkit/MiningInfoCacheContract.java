package org.pocx.aggregator.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.core.cache.MiningInfoCache;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.MiningInfoAnswer;
import org.pocx.aggregator.core.mining.MiningInfoUnavailable;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** What every {@link MiningInfoCache} must do: extend it beside each one. It runs in real time. */
@Timeout(180)
public abstract class MiningInfoCacheContract {
    private static final MiningInfo FIRST = Nonces.round(100);
    private static final MiningInfo SECOND = Nonces.round(101);
    private static final Duration AMPLE = Duration.ofSeconds(60);

    private final FakeUpstream upstream = new FakeUpstream();
    private final List<MiningInfoOutcome> told = new CopyOnWriteArrayList<>();
    private MiningInfoCache cache;

    /** Opens yours, not started, which learns at least ten times a second what this upstream announces. */
    protected abstract MiningInfoCache open(Upstream upstream) throws Exception;

    @BeforeEach
    void openCache() throws Exception {
        cache = open(upstream);
    }

    @AfterEach
    void closeCache() {
        cache.close();
    }

    private void started() {
        cache.start((outcome, asked) -> told.add(outcome));
    }

    private boolean isCurrent(MiningInfo info) {
        return cache.current().equals(info);
    }

    @Test
    void announcedRound_isHandedOut() {
        upstream.announce(FIRST);
        started();

        Await.until("the first round is handed out", () -> isCurrent(FIRST));
        assertThat(told).first().isEqualTo(new MiningInfoOutcome.Fetched(FIRST));
        assertThat(cache.trouble()).isEmpty();
    }

    @Test
    void upstreamAwayFromTheStart_isTroubleAndNoInfo() {
        started();

        Await.until("the observer is told", () -> !told.isEmpty());
        assertThat(told.getFirst()).isInstanceOf(UpstreamTrouble.class);
        assertThat(cache.current()).isInstanceOf(MiningInfoUnavailable.class);
        assertThat(cache.trouble()).isPresent();
        assertThat(cache.age()).isEmpty();
    }

    @Test
    void whileNothingChanges_theSameInstanceIsHandedOut() {
        upstream.announce(FIRST);
        started();
        Await.until("the first round is handed out", () -> isCurrent(FIRST));
        MiningInfoAnswer one = cache.current();
        int polls = told.size();
        upstream.announce(new MiningInfo(
                FIRST.generationSignature(), FIRST.baseTarget(), FIRST.height(), FIRST.blockHash()));

        Await.until("it is learnt again", () -> told.size() > polls + 2);

        assertThat(cache.current()).isSameAs(one);
    }

    @Test
    void observer_isToldBeforeAnyMiner() {
        AtomicInteger shownTooEarly = new AtomicInteger();
        upstream.announce(FIRST);
        cache.start((outcome, asked) -> {
            boolean news = told.isEmpty() || !outcome.equals(told.getLast());
            if (news && outcome instanceof MiningInfoOutcome.Fetched(MiningInfo info) && !told.isEmpty()
                    && isCurrent(info)) {
                shownTooEarly.incrementAndGet();
            }
            told.add(outcome);
        });
        Await.until("the first round is handed out", () -> isCurrent(FIRST));
        upstream.announce(SECOND);
        Await.until("the second round is handed out", () -> isCurrent(SECOND));

        assertThat(shownTooEarly).hasValue(0);
    }

    @Test
    void observer_isToldOneAnswerAfterTheOther() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Long> asked = new CopyOnWriteArrayList<>();
        upstream.announce(FIRST);
        cache.start((outcome, askedNanos) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            asked.add(askedNanos);
            cache.refreshSoon();
            inside.decrementAndGet();
        });
        Await.until("it was asked often", () -> asked.size() >= 10);

        cache.close();
        assertThat(most).hasValue(1);
        for (int i = 1; i < asked.size(); i++) {
            assertThat(asked.get(i) - asked.get(i - 1)).isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void refresh_knowsWhatWasAnnouncedBeforeTheCall() {
        upstream.announce(FIRST);
        started();
        Await.until("the first round is handed out", () -> isCurrent(FIRST));
        upstream.announce(SECOND);

        assertThat(cache.refresh(AMPLE)).isTrue();
        assertThat(told).contains(new MiningInfoOutcome.Fetched(SECOND));
        assertThat(cache.current()).isEqualTo(SECOND);
    }

    @Test
    void refreshWhileTheUpstreamIsAway_saysSo() {
        started();

        assertThat(cache.refresh(AMPLE)).isFalse();
    }

    @Test
    void upstreamGoneForAMoment_lastInfoIsServedBesideTheTrouble() {
        upstream.announce(FIRST);
        started();
        Await.until("the first round is handed out", () -> isCurrent(FIRST));
        upstream.fail(UpstreamTrouble.unreachable("gone"));
        Await.until("the trouble is noticed", () -> cache.trouble().isPresent());

        assertThat(cache.current()).isEqualTo(FIRST);

        upstream.announce(FIRST);
        Await.until("the trouble is over", () -> cache.trouble().isEmpty());
    }

    @Test
    void closedCache_closesAgainAndTellsNothingMore() {
        upstream.announce(FIRST);
        started();
        Await.until("the first round is handed out", () -> isCurrent(FIRST));
        cache.close();
        cache.close();
        upstream.announce(SECOND);
        cache.refreshSoon();

        assertThat(cache.refresh(Duration.ofMillis(200))).isFalse();
        assertThat(told).doesNotContain(new MiningInfoOutcome.Fetched(SECOND));
    }
}
