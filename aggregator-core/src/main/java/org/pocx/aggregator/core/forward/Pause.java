package org.pocx.aggregator.core.forward;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.time.Scheduler;

/** What a lane waits for before its next candidate may go, and at most how long. Not thread-safe: its {@link Lane} guards it. */
final class Pause {
    /** What ends the wait. */
    enum Until {
        /** No wait. */
        NOW,
        /** The back-off's time, or the end of an outage. */
        BACK_OFF,
        /** An answered poll: the wallet's retry. */
        NEXT_POLL,
        /** A poll that was asked after a stale answer. */
        FRESH_POLL,
        /** Other credentials, or a time. */
        CREDENTIALS,
        /** The round to revive. */
        REVIVAL
    }

    private final Scheduler scheduler;
    private Until until = Until.NOW;
    private Scheduler.@Nullable Task timer;

    Pause(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    Until until() {
        return until;
    }

    boolean isOver() {
        return until == Until.NOW;
    }

    void end() {
        begin(Until.NOW);
    }

    void begin(Until what) {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        until = what;
    }

    /** @param whenOver run when the time has passed; by then another wait may have begun */
    void begin(Until what, Duration atMost, Runnable whenOver) {
        begin(what);
        timer = scheduler.schedule(atMost, whenOver);
    }
}
