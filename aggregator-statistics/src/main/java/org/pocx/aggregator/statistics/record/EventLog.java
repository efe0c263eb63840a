package org.pocx.aggregator.statistics.record;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.FarmEvent.Kind;

/**
 * Numbers the events and hands them on, in the order of their numbers. A number is the time in milliseconds, or the next
 * one where that is taken: so numbers grow beyond a restart even where the database with the last one is gone, and an open
 * page that waits for higher ones goes on. Of each kind it tells {@value #TOLD_A_ROUND} a
 * round one by one, and the rest as one event with their number when the round is over: a large farm would fill the feed
 * with nothing else.
 *
 * <p>Thread-safe, by its monitor, under which the events are handed on.
 */
final class EventLog {
    /** So that a day of any farm's events is some ten thousand. */
    static final int TOLD_A_ROUND = 20;

    private final InstantSource clock;
    private final Consumer<FarmEvent> sink;
    private final Map<Kind, Long> ofRound = new EnumMap<>(Kind.class);
    private long lastId;
    private long height;

    EventLog(InstantSource clock, Consumer<FarmEvent> sink) {
        this.clock = clock;
        this.sink = sink;
    }

    /** Numbers go on after this one. */
    synchronized void continueAfter(long id, long currentHeight) {
        lastId = Math.max(lastId, id);
        height = currentHeight;
    }

    synchronized void newRound(long newHeight, String words) {
        endRound();
        height = newHeight;
        tell(Kind.NEW_ROUND, "", words);
    }

    /** Tells of those that were only counted. */
    synchronized void endRound() {
        ofRound.forEach((kind, times) -> {
            if (times > TOLD_A_ROUND) {
                emit(kind, height, "", "", 0, 0, times - TOLD_A_ROUND, "");
            }
        });
        ofRound.clear();
    }

    synchronized void tell(Kind kind, String machine, String words) {
        if (isToldOneByOne(kind)) {
            emit(kind, height, machine, "", 0, 0, 1, words);
        }
    }

    synchronized void tellOfNonce(Kind kind, FateChanged event, long pocTime) {
        if (isToldOneByOne(kind)) {
            emit(
                    kind,
                    event.nonce().submission().height(),
                    event.nonce().miner().address(),
                    event.nonce().submission().accountId(),
                    event.confirmedRawQuality(),
                    pocTime,
                    1,
                    // Those of a runner-up that is promoted are of the nonce that made place for it.
                    kind == Kind.IMPROVEMENT ? "" : event.message());
        }
    }

    private boolean isToldOneByOne(Kind kind) {
        return ofRound.merge(kind, 1L, Long::sum) <= TOLD_A_ROUND;
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
