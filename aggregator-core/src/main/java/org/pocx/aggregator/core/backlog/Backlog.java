package org.pocx.aggregator.core.backlog;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes that could not be written yet: only the latest of each subject. When it is full, the oldest expendable one
 * is dropped, and if none is left, the oldest.
 *
 * <p>Not thread-safe; guarded by its {@link BackloggedWriter}.
 */
final class Backlog<C> {
    private final BacklogPolicy<C> policy;
    private final Map<Object, PendingChange<C>> expendable = new LinkedHashMap<>();
    private final Map<Object, PendingChange<C>> needed = new LinkedHashMap<>();

    Backlog(BacklogPolicy<C> policy) {
        this.policy = policy;
    }

    /** Keeps a change, unless it or a later one of the same subject is kept: then nothing changes its place. */
    void add(PendingChange<C> pending) {
        Object subject = policy.subject(pending.change());
        PendingChange<C> kept = find(subject);
        if (kept != null && kept.number() >= pending.number()) {
            return;
        }
        remove(subject);
        if (expendable.size() + needed.size() >= BackloggedWriter.MAX_KEPT) {
            dropOldest(expendable.isEmpty() ? needed : expendable);
        }
        (policy.isExpendable(pending.change()) ? expendable : needed).put(subject, pending);
    }

    /** Forgets the change that is kept of the same subject, unless it is later. */
    void written(PendingChange<C> pending) {
        Object subject = policy.subject(pending.change());
        PendingChange<C> kept = find(subject);
        if (kept != null && kept.number() <= pending.number()) {
            remove(subject);
        }
    }

    boolean isEmpty() {
        return expendable.isEmpty() && needed.isEmpty();
    }

    Optional<PendingChange<C>> oldest() {
        return Stream.of(expendable, needed)
                .flatMap(kept -> kept.values().stream().limit(1))
                .min(Comparator.comparingLong(PendingChange::number));
    }

    /** Returns all in the order in which they were to be written, and is empty then. */
    List<PendingChange<C>> takeAll() {
        List<PendingChange<C>> all = Stream.of(expendable, needed)
                .flatMap(kept -> kept.values().stream())
                .sorted(Comparator.comparingLong(PendingChange::number))
                .toList();
        expendable.clear();
        needed.clear();
        return all;
    }

    private @Nullable PendingChange<C> find(Object subject) {
        PendingChange<C> found = needed.get(subject);
        return found != null ? found : expendable.get(subject);
    }

    private void remove(Object subject) {
        expendable.remove(subject);
        needed.remove(subject);
    }

    private static void dropOldest(Map<Object, ?> kept) {
        kept.remove(kept.keySet().iterator().next());
    }
}
