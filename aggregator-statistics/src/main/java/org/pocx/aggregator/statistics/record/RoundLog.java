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
 * The last rounds and their written records. Lookups are thread-safe; rounds begin on one thread at a time, and {@link
 * #write} is guarded by its {@link HistoryRecorder}.
 */
final class RoundLog {
    /** The number of rounds whose nonces may still change. */
    static final int OPEN_ROUNDS = 3;

    /** The maximum number of rounds kept until the next write; older ones are not recorded. */
    static final int MAX_ROUNDS = 64;

    /** How often the record of a round without other changes is written to update its end. */
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

    /** Makes a round the current one; it may have been current before. */
    void begin(RoundTally round) {
        rounds.remove(round);
        rounds.add(round);
        if (rounds.size() > MAX_ROUNDS) {
            rounds.removeFirst();
        }
    }

    /** Passes on the records that have changed since the last call, and removes the rounds that are over. */
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
