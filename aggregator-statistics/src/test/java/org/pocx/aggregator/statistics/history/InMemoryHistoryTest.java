package org.pocx.aggregator.statistics.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.statistics.testkit.FarmHistoryContract;

final class InMemoryHistoryTest extends FarmHistoryContract<InMemoryFarmStore> {
    @Override
    protected InMemoryFarmStore open() {
        return new InMemoryFarmStore();
    }

    @Test
    void roundsMinutesAndEvents_areBounded() {
        InMemoryHistory history = new InMemoryHistory(new InMemoryHistory.Submissions() {
            @Override
            public List<HistoryRow<BestNonce>> bests() {
                return List.of();
            }

            @Override
            public List<HistoryRow<Verdict>> verdicts() {
                return List.of();
            }
        });
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < InMemoryHistory.MAX_MINUTES + 10; i++) {
            history.record(MinuteRecord.empty(start.plusSeconds(60L * i)));
        }
        for (int i = 1; i <= InMemoryHistory.MAX_EVENTS + 10; i++) {
            history.record(new FarmEvent(i, start, FarmEvent.Kind.NEW_ROUND, i, "", "", 0, 0, 1, ""));
        }
        for (int i = 1; i <= InMemoryHistory.MAX_ROUNDS + 10; i++) {
            history.record(new RoundRecord(
                    Nonces.hash(i), i, 1, start, start, Optional.empty(), WorkCounts.NONE, 1, 1));
        }

        List<MinuteRecord> minutes = new ArrayList<>();
        history.readMinutes(Instant.EPOCH, minutes::add);
        List<RoundRecord> rounds = new ArrayList<>();
        history.readRounds(Instant.EPOCH, rounds::add);
        assertThat(minutes).hasSize(InMemoryHistory.MAX_MINUTES);
        assertThat(rounds).hasSize(InMemoryHistory.MAX_ROUNDS);
        assertThat(history.events(EventQuery.all(new HistoryPage(12, 0, 1_000)))).extracting(FarmEvent::id)
                .containsExactly(11L);
    }
}
