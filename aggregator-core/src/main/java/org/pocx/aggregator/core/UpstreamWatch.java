package org.pocx.aggregator.core;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** Tells when the upstream goes away, how it stays away, and once when it is back. Confined to the cache's observer calls. */
final class UpstreamWatch {
    private enum State {
        UNKNOWN,
        UP,
        DOWN
    }

    private final AggregatorListener listener;
    private final LongSupplier nanoTime;
    private State state = State.UNKNOWN;
    private long downSince;

    UpstreamWatch(AggregatorListener listener, LongSupplier nanoTime) {
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.downSince = nanoTime.getAsLong();
    }

    void up() {
        if (state != State.UP) {
            listener.on(new AggregatorEvent.UpstreamUp(state == State.DOWN ? outage() : Duration.ZERO));
            state = State.UP;
        }
    }

    void down(UpstreamTrouble trouble) {
        boolean first = state != State.DOWN;
        if (first) {
            downSince = nanoTime.getAsLong();
        }
        listener.on(new AggregatorEvent.UpstreamDown(trouble, first ? Duration.ZERO : outage(), first));
        state = State.DOWN;
    }

    private Duration outage() {
        return Duration.ofNanos(nanoTime.getAsLong() - downSince);
    }
}
