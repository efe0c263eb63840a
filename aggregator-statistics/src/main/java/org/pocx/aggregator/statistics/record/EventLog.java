package org.pocx.aggregator.statistics.record;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.FarmEvent.Kind;

/**
 * Assigns ids to events and passes them on in the order of the ids. An id is the time in milliseconds, or the next free
 * number. So ids also increase after a restart with a new database, and an open page that waits for higher ids
 * continues to work. For each kind, {@value #MAX_PER_ROUND} events per round are passed on one by one; the others are
 * counted and passed on as one event at the end of the round, because a large farm would fill the list of events.
 *
 * <p>Thread-safe; guarded by its monitor, under which the events are passed on.
 */
final class EventLog {
    /** With this, any farm has about ten thousand events per day. */
    static final int MAX_PER_ROUND = 20;

    private final InstantSource clock;
    private final Consumer<FarmEvent> sink;
    private final Map<Kind, Long> ofRound = new EnumMap<>(Kind.class);
    private long lastId;
    private long height;

    EventLog(InstantSource clock, Consumer<FarmEvent> sink) {
        this.clock = clock;
        this.sink = sink;
    }

    /** Continues the ids after this one. */
    synchronized void continueAfter(long id, long currentHeight) {
        lastId = Math.max(lastId, id);
        height = currentHeight;
    }

    synchronized void newRound(long newHeight, String words) {
        endRound();
        height = newHeight;
        add(Kind.NEW_ROUND, "", words);
    }

    /** Passes on the events that were only counted. */
    synchronized void endRound() {
        ofRound.forEach((kind, times) -> {
            if (times > MAX_PER_ROUND) {
                emit(kind, height, "", "", 0, 0, times - MAX_PER_ROUND, "");
            }
        });
        ofRound.clear();
    }

    synchronized void add(Kind kind, String machine, String words) {
        if (isWithinLimit(kind)) {
            emit(kind, height, machine, "", 0, 0, 1, words);
        }
    }

    synchronized void addNonce(Kind kind, FateChanged event, long pocTime) {
        if (isWithinLimit(kind)) {
            emit(
                    kind,
                    event.nonce().submission().height(),
                    event.nonce().miner().id(),
                    event.nonce().submission().accountId(),
                    event.confirmedRawQuality(),
                    pocTime,
                    1,
                    // The message of a promoted runner-up belongs to the nonce that it replaces.
                    kind == Kind.IMPROVEMENT ? "" : event.message());
        }
    }

    /** @param pocTime u64 seconds, of the claim */
    synchronized void addBadNonce(ReceivedNonce nonce, long pocTime, String words) {
        if (isWithinLimit(Kind.BAD_PLOT)) {
            emit(
                    Kind.BAD_PLOT,
                    nonce.submission().height(),
                    nonce.miner().id(),
                    nonce.submission().accountId(),
                    nonce.submission().rawQuality(),
                    pocTime,
                    1,
                    words);
        }
    }

    /** @param machine empty if unknown; then quality and poc_time are without meaning */
    synchronized void addBlock(
            Kind kind, long ofHeight, String machine, String accountId, long rawQuality, long pocTime, String words) {
        if (isWithinLimit(kind)) {
            emit(kind, ofHeight, machine, accountId, rawQuality, pocTime, 1, words);
        }
    }

    private boolean isWithinLimit(Kind kind) {
        return ofRound.merge(kind, 1L, Long::sum) <= MAX_PER_ROUND;
    }

    private void emit(
            Kind kind,
            long ofHeight,
            String machine,
            String accountId,
            long rawQuality,
            long pocTime,
            long times,
            String words) {
        Instant now = clock.instant();
        lastId = Math.max(lastId + 1, now.toEpochMilli());
        sink.accept(new FarmEvent(
                lastId, now, kind, ofHeight, machine, accountId, rawQuality, pocTime, times, words));
    }
}
