package org.pocx.aggregator.core.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.time.Scheduler;

/**
 * Every change of the store goes through here. What cannot be written is kept and written again each second, until the
 * store takes it: a full disk heals without a restart.
 *
 * <p>Thread-safe; the backlog belongs to this object's monitor, which is held neither while the store is called nor while
 * anybody is told: who is told may write again, under locks of his own. Bounded, by its {@link Backlog}.
 */
public final class StoreWriter {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final SubmissionStore store;
    private final Scheduler scheduler;
    private final AggregatorListener listener;

    private final Backlog backlog = new Backlog();

    /** Not null while anything is kept. */
    private @Nullable String problem;

    private long downSince;
    private boolean probing;
    private boolean draining;
    private long failures;
    private long written;

    /**
     * Writes nothing by itself before the first change.
     *
     * @param store written from any thread; closed by whoever opened it, after this
     * @param scheduler for the pause between two attempts at a store that is down
     * @param listener told when the store goes down, when it is back, and of each change that is on disk; by the thread that
     *     found out, without a lock
     */
    public StoreWriter(SubmissionStore store, Scheduler scheduler, AggregatorListener listener) {
        this.store = store;
        this.scheduler = scheduler;
        this.listener = listener;
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
     *     store's thread. Not run when a newer change of the same thing overtakes it in an outage
     */
    public void write(StoreChange change, Runnable whenDurable) {
        PendingChange pending;
        synchronized (this) {
            pending = new PendingChange(++written, change, whenDurable);
            if (problem != null) {
                backlog.add(pending);
                return;
            }
        }
        send(pending);
    }

    /** {@return the reason why the store cannot be written; empty when it can} */
    public synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // both ends of it are handled
    private void send(PendingChange pending) {
        long begun = scheduler.nanoTime();
        store.write(pending.change()).whenComplete((done, failure) -> {
            if (failure == null) {
                listener.on(new AggregatorEvent.StoreWritten(Duration.ofNanos(scheduler.nanoTime() - begun)));
                written(pending);
            } else {
                failed(pending, failure);
            }
        });
    }

    private void written(PendingChange pending) {
        if (beginsRecovery(pending)) {
            drain();
        }
        pending.whenDurable().run();
    }

    private synchronized boolean beginsRecovery(PendingChange pending) {
        if (problem == null) {
            return false; // and nothing is kept
        }
        backlog.written(pending);
        boolean begins = !draining;
        draining = true;
        return begins;
    }

    /** The backlog goes out before anything newer: what is written meanwhile is kept, too, until nothing is left. */
    private void drain() {
        long failuresBefore = failures();
        DrainStep step = nextStep(failuresBefore);
        while (!step.toSend().isEmpty()) {
            step.toSend().forEach(this::send);
            step = nextStep(failuresBefore);
        }
        if (step.outage() != null) {
            listener.on(new AggregatorEvent.StoreUp(step.outage()));
        }
    }

    private synchronized long failures() {
        return failures;
    }

    /** Takes the backlog; ends the outage when there is none, or the draining when the store failed again. */
    private synchronized DrainStep nextStep(long failuresBefore) {
        if (failures != failuresBefore) {
            draining = false;
            return new DrainStep(List.of(), null);
        }
        if (backlog.isEmpty()) {
            draining = false;
            problem = null;
            return new DrainStep(List.of(), Duration.ofNanos(scheduler.nanoTime() - downSince));
        }
        return new DrainStep(backlog.takeAll(), null);
    }

    private void failed(PendingChange pending, Throwable failure) {
        String reason = reason(failure);
        @Nullable String before = keepFailed(pending, reason);
        if (before == null || !before.equals(reason)) {
            listener.on(new AggregatorEvent.StoreDown(reason, before == null));
        }
    }

    /** Returns the reason that was known before; null when this begins an outage. */
    private synchronized @Nullable String keepFailed(PendingChange pending, String reason) {
        failures++;
        backlog.add(pending);
        @Nullable String before = problem;
        if (before == null) {
            downSince = scheduler.nanoTime();
        }
        problem = reason;
        if (!probing) {
            probing = true;
            scheduler.schedule(RETRY, this::probe);
        }
        return before;
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() instanceof StoreException inner ? inner : failure;
        return cause instanceof StoreException && cause.getMessage() != null ? cause.getMessage() : cause.toString();
    }

    /** Tries the oldest change again; when it is taken, the others follow. */
    private void probe() {
        firstOfBacklog().ifPresent(this::send);
    }

    /** Empty when a change that was under way in the outage succeeded, and took all others along. */
    private synchronized Optional<PendingChange> firstOfBacklog() {
        probing = false;
        return backlog.oldest();
    }

    /** @param outage how long it was, when it is over */
    private record DrainStep(List<PendingChange> toSend, @Nullable Duration outage) {}
}
