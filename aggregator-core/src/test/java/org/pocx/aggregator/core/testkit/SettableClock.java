package org.pocx.aggregator.core.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A wall clock that stands still until it is moved. Thread-safe. */
public final class SettableClock implements InstantSource {
    private volatile Instant now;

    public SettableClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public synchronized void advance(Duration time) {
        now = now.plus(time);
    }

    public void set(Instant time) {
        now = time;
    }
}
