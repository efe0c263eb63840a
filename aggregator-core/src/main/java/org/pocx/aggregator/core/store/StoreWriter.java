package org.pocx.aggregator.core.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.time.Scheduler;

/**
 * Every change of the store goes through here. What cannot be written is kept and written again each second, until the
 * store takes it: a full disk heals without a restart.
 *
 * <p>Thread-safe; the backlog belongs to this object's monitor. Bounded: when the backlog is full, history is dropped
 * first, then what only tidies up (a restart then sends a nonce once more, which is harmless).
 */
public final class StoreWriter {
    /** Changes kept while the store cannot be written. */
    static final int MAX_BACKLOG = 100_000;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final SubmissionStore store;
    private final Scheduler scheduler;
    private final Observer observer;

    private final Map<Object, Pending> backlog = new LinkedHashMap<>();
    private @Nullable String problem;
    private long downSince;
    private boolean probing;
    private long written;

    /** Hears when the store stops to be written, and when it is again. Both are told under the writer's monitor. */
    public interface Observer {
        void storeDown(String reason);

        void storeUp(Duration outage);

        /**
         * A change is durable. Told on the store's thread as a rule.
         *
         * @param took since it was handed to the store
         */
        default void stored(Duration took) {}
    }

    public StoreWriter(SubmissionStore store, Scheduler scheduler, Observer observer) {
        this.store = store;
        this.scheduler = scheduler;
        this.observer = observer;
    }

    /** Writes a change that nobody waits for. */
    public void write(StoreChange change) {
        write(change, () -> {});
    }

    /**
     * Writes a change.
     *
     * @param whenDurable run once when the change is durable, now or after an outage; short, as it may run on the
     *     store's thread. Not run when a newer change of the same thing overtakes it in an outage
     */
    public void write(StoreChange change, Runnable whenDurable) {
        Pending pending;
        synchronized (this) {
            pending = new Pending(++written, change, whenDurable);
            if (problem != null) {
                keep(pending);
                return;
            }
        }
        send(pending);
    }

    /** Why the store cannot be written; empty when it can. */
    public synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // both ends of it are handled
    private void send(Pending pending) {
        long begun = scheduler.nanoTime();
        store.write(pending.change).whenComplete((done, failure) -> {
            if (failure == null) {
                observer.stored(Duration.ofNanos(scheduler.nanoTime() - begun));
                written(pending);
            } else {
                failed(pending, failure);
            }
        });
    }

    private void written(Pending pending) {
        @Nullable Duration outage;
        synchronized (this) {
            Object subject = subject(pending.change);
            Pending kept = backlog.get(subject);
            if (kept != null && kept.number <= pending.number) {
                backlog.remove(subject);
            }
            outage = problem == null ? null : recovered();
        }
        if (outage != null) {
            observer.storeUp(outage);
        }
        pending.whenDurable.run();
    }

    /** The backlog goes out before anything newer can. Returns how long the outage was. */
    private Duration recovered() {
        problem = null;
        List<Pending> all = new ArrayList<>(backlog.values());
        backlog.clear();
        all.forEach(this::send);
        return Duration.ofNanos(scheduler.nanoTime() - downSince);
    }

    private void failed(Pending pending, Throwable failure) {
        String reason = reason(failure);
        if (keepFailed(pending, reason)) {
            observer.storeDown(reason);
        }
    }

    /** Returns whether this begins an outage. */
    private synchronized boolean keepFailed(Pending pending, String reason) {
        backlog.merge(subject(pending.change), pending, (a, b) -> a.number > b.number ? a : b);
        boolean begins = problem == null;
        if (begins) {
            downSince = scheduler.nanoTime();
            problem = reason;
        }
        if (!probing) {
            probing = true;
            scheduler.schedule(RETRY, this::probe);
        }
        return begins;
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() instanceof StoreException inner ? inner : failure;
        return cause instanceof StoreException && cause.getMessage() != null ? cause.getMessage() : cause.toString();
    }

    /** Tries the oldest change again; when it is taken, the others follow. */
    private void probe() {
        Pending oldest;
        synchronized (this) {
            probing = false;
            oldest = backlog.values().iterator().next();
        }
        send(oldest);
    }

    private void keep(Pending pending) {
        Object subject = subject(pending.change);
        backlog.remove(subject);
        if (backlog.size() >= MAX_BACKLOG) {
            drop();
        }
        backlog.put(subject, pending);
    }

    /** History goes first, then what only tidies up: a restart needs the rounds and the nonces to be forwarded. */
    private void drop() {
        oldest(StoreWriter::isHistory)
                .or(() -> oldest(change -> !isNeeded(change)))
                .or(() -> oldest(change -> true))
                .ifPresent(old -> backlog.remove(subject(old.change)));
    }

    private Optional<Pending> oldest(Predicate<StoreChange> which) {
        return backlog.values().stream().filter(kept -> which.test(kept.change)).findFirst();
    }

    private static boolean isNeeded(StoreChange change) {
        return change instanceof StoreChange.OutboxPut || change instanceof StoreChange.RoundAnnounced;
    }

    private static boolean isHistory(StoreChange change) {
        return switch (change) {
            case StoreChange.BestRecorded best -> true;
            case StoreChange.BestWithdrawn best -> true;
            case StoreChange.RoundRecorded round -> true;
            case StoreChange.MinuteRecorded minute -> true;
            case StoreChange.EventRecorded event -> true;
            case StoreChange.RoundAnnounced round -> false;
            case StoreChange.RoundClosed round -> false;
            case StoreChange.OutboxPut nonce -> false;
            case StoreChange.OutboxRemoved nonce -> false;
            case StoreChange.VerdictGiven verdict -> false;
        };
    }

    /** What a change is about: a newer change of the same subject replaces an older one. */
    private static Object subject(StoreChange change) {
        return switch (change) {
            case StoreChange.RoundAnnounced announced -> announced.info();
            case StoreChange.RoundClosed closed -> closed.blockHash();
            case StoreChange.OutboxPut put -> nonce(
                    put.entry().submission().blockHash(), put.entry().submission().nonceId());
            case StoreChange.OutboxRemoved removed -> nonce(removed.blockHash(), removed.nonceId());
            case StoreChange.VerdictGiven given -> nonce(
                    given.verdict().submission().blockHash(),
                    given.verdict().submission().nonceId());
            case StoreChange.BestRecorded recorded -> List.of(
                    recorded.best().accountId(),
                    recorded.best().machine(),
                    recorded.best().height());
            case StoreChange.BestWithdrawn withdrawn -> List.of(
                    withdrawn.accountId(), withdrawn.machine(), withdrawn.height());
            case StoreChange.RoundRecorded recorded -> List.of("round", recorded.round().blockHash());
            case StoreChange.MinuteRecorded recorded -> recorded.minute().at();
            case StoreChange.EventRecorded recorded -> List.of("event", recorded.event().id());
        };
    }

    private static Object nonce(String blockHash, NonceId nonceId) {
        return List.of(blockHash, nonceId);
    }

    /** @param number in the order of the writes: of two changes of a thing the younger counts */
    private record Pending(long number, StoreChange change, Runnable whenDurable) {}
}
