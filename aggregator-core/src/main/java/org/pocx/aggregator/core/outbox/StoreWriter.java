package org.pocx.aggregator.core.outbox;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.backlog.BackloggedWriter;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.time.Scheduler;

/**
 * Writes every change of the store. Changes that cannot be written are kept and written again each second until the store
 * takes them: a full disk heals without a restart.
 *
 * <p>Thread-safe; holds no lock while the store or the listener is called. Bounded by its {@link BackloggedWriter}.
 */
public final class StoreWriter {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final AggregatorListener listener;
    private final BackloggedWriter<StoreChange> writer;
    private final AtomicBoolean retrying = new AtomicBoolean();

    /**
     * Writes nothing before the first change.
     *
     * @param store written from any thread; closed by whoever opened it, after this
     * @param scheduler for the pause between two attempts at a store that is down
     * @param listener receives when the store goes down, when it is up again, and that each change is on disk; by the thread
     *     that found out, without a lock
     */
    public StoreWriter(SubmissionStore store, Scheduler scheduler, AggregatorListener listener) {
        this.scheduler = scheduler;
        this.listener = listener;
        this.writer = new BackloggedWriter<>(
                store::write, new StoreChangePolicy(), scheduler::nanoTime, new Outages());
    }

    /**
     * Writes a change that nobody waits for.
     *
     * @param change kept in order with those before and after it
     */
    public void write(StoreChange change) {
        write(change, () -> {});
    }

    /**
     * Writes a change.
     *
     * @param change kept in order with those before and after it
     * @param whenDurable run once when the change is durable, now or after an outage; short, as it may run on the
     *     store's thread. Not run when a later change of the same subject replaces it in an outage
     */
    public void write(StoreChange change, Runnable whenDurable) {
        writer.write(change, whenDurable);
    }

    /** {@return the reason why the store cannot be written; empty when it can} */
    public Optional<String> problem() {
        return writer.problem();
    }

    private void retry() {
        retrying.set(false);
        writer.retry();
    }

    /** Reports outages, and retries while one lasts. */
    private final class Outages implements BackloggedWriter.Observer {
        @Override
        public void written(Duration took) {
            listener.on(new AggregatorEvent.StoreWritten(took));
        }

        @Override
        public void failed(String reason, @Nullable String before) {
            if (retrying.compareAndSet(false, true)) {
                scheduler.schedule(RETRY, StoreWriter.this::retry);
            }
            if (!reason.equals(before)) {
                listener.on(new AggregatorEvent.StoreDown(reason, before == null));
            }
        }

        @Override
        public void recovered(Duration outage) {
            listener.on(new AggregatorEvent.StoreUp(outage));
        }
    }
}
