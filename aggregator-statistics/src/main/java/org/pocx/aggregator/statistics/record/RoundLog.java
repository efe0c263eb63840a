package org.pocx.aggregator.statistics.record;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.pocx.aggregator.statistics.history.RoundRecord;

/**
 * The last rounds, and what is written of them. Looking up is thread-safe; rounds begin on one thread at a time, and {@link
 * #write} is guarded by its {@link HistoryRecorder}.
 */
final class RoundLog {
    /** Rounds of which nonces can still move. */
    static final int OPEN_ROUNDS = 3;

    /** Rounds kept for the next time of writing, however fast they follow each other; older ones are not recorded then. */
    static final int MAX_ROUNDS = 64;

    /** Of a round in which nothing happens, only the time until which it was current changes: no need to write each. */
    private static final Duration SHOWS_LIFE = Duration.ofSeconds(10);

    /** The current one last. */
    private final List<RoundTally> rounds = new CopyOnWriteArrayList<>();

    private final Map<String, RoundRecord> written = new HashMap<>();

    Optional<RoundTally> current() {
        return rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.getLast());
    }

    Optional<RoundTally> find(String blockHash) {
        for (RoundTally round : rounds) {
            if (round.blockHash().equals(blockHash)) {
                return Optional.of(round);
            }
        }
        return Optional.empty();
    }

    /** That one is the current round from now on; it may have been so before. */
    void begin(RoundTally round) {
        rounds.remove(round);
        rounds.add(round);
        if (rounds.size() > MAX_ROUNDS) {
            rounds.removeFirst();
        }
    }

    /** Hands out the records that are others than the last time, and forgets the rounds that are over. */
    void write(Instant now, Consumer<RoundRecord> changed) {
        current().filter(round -> round.isOlderThan(now.minus(SHOWS_LIFE))).ifPresent(round -> round.currentAt(now));
        for (RoundTally round : rounds) {
            RoundRecord record = round.record();
            if (!record.equals(written.put(record.blockHash(), record))) {
                changed.accept(record);
            }
        }
        while (rounds.size() > OPEN_ROUNDS) {
            written.remove(rounds.removeFirst().blockHash());
        }
    }
}
