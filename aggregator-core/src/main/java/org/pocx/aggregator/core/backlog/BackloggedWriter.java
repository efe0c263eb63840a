package org.pocx.aggregator.core.backlog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.store.StoreException;

/**
 * Writes changes to a store. A change that cannot be written is kept, and so are all later ones, until {@link #retry}
 * succeeds; then the kept ones are written before anything newer. Of each subject only the latest change is kept, and at most
 * {@value #MAX_KEPT} changes in total.
 *
 * <p>Thread-safe; guarded by its monitor, which is held neither while the store is called nor while the observer is.
 *
 * @param <C> the type of the changes
 */
public final class BackloggedWriter<C> {
    /** How many changes are kept while the store cannot be written. */
    public static final int MAX_KEPT = 100_000;

    private final Function<C, ? extends CompletionStage<Void>> store;
    private final LongSupplier nanoTime;
    private final Observer observer;
    private final Backlog<C> backlog;

    /** Why the last write failed; null if none has failed since everything was written. */
    private @Nullable String problem;

    private long downSince;
    private boolean held;
    private boolean draining;
    private long failures;
    private long changes;

    /** Is told what the writer finds out, without a lock, on the thread that found out. It may write again. */
    public interface Observer {
        /**
         * A change was written.
         *
         * @param took from the call of the store
         */
        default void written(Duration took) {}

        /**
         * A change could not be written and is kept.
         *
         * @param reason for an operator
         * @param before the reason of the failure before; null if this begins an outage
         */
        default void failed(String reason, @Nullable String before) {}

        /**
         * All kept changes are written.
         *
         * @param outage since the first failure
         */
        default void recovered(Duration outage) {}
    }

    /** @param outage how long it lasted, when it is over */
    private record DrainStep<C>(List<PendingChange<C>> toSend, @Nullable Duration outage) {}

    /**
     * Writes nothing before the first change.
     *
     * @param store writes one change; called from any thread, in the order of the changes
     * @param policy of the kept changes
     * @param nanoTime a monotonic clock, in nanoseconds
     * @param observer see there
     */
    public BackloggedWriter(
            Function<C, ? extends CompletionStage<Void>> store,
            BacklogPolicy<C> policy,
            LongSupplier nanoTime,
            Observer observer) {
        this.store = store;
        this.nanoTime = nanoTime;
        this.observer = observer;
        this.backlog = new Backlog<>(policy);
    }

    /**
     * Writes a change, or keeps it while others are kept.
     *
     * @param change kept in order with those before and after it
     * @param whenDurable run once when the change is durable, now or after an outage; short, as it may run on the
     *     store's thread. Not run when a later change of the same subject replaces it in an outage
     */
    public void write(C change, Runnable whenDurable) {
        PendingChange<C> pending;
        synchronized (this) {
            pending = new PendingChange<>(++changes, change, whenDurable);
            if (isKeeping()) {
                backlog.add(pending);
                return;
            }
        }
        send(pending);
    }

    /** Writes the oldest kept change again; if that succeeds, the others follow. Does nothing while {@link #hold held}. */
    public void retry() {
        Optional<PendingChange<C>> oldest;
        synchronized (this) {
            if (held || draining || !isKeeping()) {
                return;
            }
            oldest = backlog.oldest();
            draining = oldest.isEmpty();
        }
        oldest.ifPresentOrElse(this::send, this::drain);
    }

    /** Keeps every change from now on, until {@link #release}. */
    public synchronized void hold() {
        held = true;
    }

    /** Writes what was kept since {@link #hold}. */
    public void release() {
        synchronized (this) {
            held = false;
        }
        retry();
    }

    /** {@return the reason why the store cannot be written; empty when it can} */
    public synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private boolean isKeeping() {
        return held || draining || problem != null || !backlog.isEmpty();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // both ends of it are handled
    private void send(PendingChange<C> pending) {
        long begun = nanoTime.getAsLong();
        store.apply(pending.change()).whenComplete((done, failure) -> {
            if (failure == null) {
                observer.written(Duration.ofNanos(nanoTime.getAsLong() - begun));
                written(pending);
            } else {
                failed(pending, failure);
            }
        });
    }

    private void written(PendingChange<C> pending) {
        if (beginsDraining(pending)) {
            drain();
        }
        pending.whenDurable().run();
    }

    private synchronized boolean beginsDraining(PendingChange<C> pending) {
        if (!isKeeping()) {
            return false;
        }
        backlog.written(pending);
        boolean begins = !draining && !held;
        draining |= begins;
        return begins;
    }

    /** Writes the backlog before anything newer: changes that come meanwhile are kept, too, until nothing is left. */
    private void drain() {
        long failuresBefore = failures();
        DrainStep<C> step = nextStep(failuresBefore);
        while (!step.toSend().isEmpty()) {
            step.toSend().forEach(this::send);
            step = nextStep(failuresBefore);
        }
        if (step.outage() != null) {
            observer.recovered(step.outage());
        }
    }

    private synchronized long failures() {
        return failures;
    }

    /** Takes the backlog; ends the outage if it is empty, or the draining if the store failed again. */
    private synchronized DrainStep<C> nextStep(long failuresBefore) {
        if (!held && failures == failuresBefore && !backlog.isEmpty()) {
            return new DrainStep<>(backlog.takeAll(), null);
        }
        draining = false;
        if (problem == null || failures != failuresBefore || !backlog.isEmpty()) {
            return new DrainStep<>(List.of(), null);
        }
        problem = null;
        return new DrainStep<>(List.of(), Duration.ofNanos(nanoTime.getAsLong() - downSince));
    }

    private void failed(PendingChange<C> pending, Throwable failure) {
        String reason = reason(failure);
        observer.failed(reason, keep(pending, reason));
    }

    /** Returns the reason of the failure before; null if this begins an outage. */
    private synchronized @Nullable String keep(PendingChange<C> pending, String reason) {
        failures++;
        backlog.add(pending);
        @Nullable String before = problem;
        if (before == null) {
            downSince = nanoTime.getAsLong();
        }
        problem = reason;
        return before;
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() instanceof StoreException inner ? inner : failure;
        return cause instanceof StoreException && cause.getMessage() != null ? cause.getMessage() : cause.toString();
    }
}
