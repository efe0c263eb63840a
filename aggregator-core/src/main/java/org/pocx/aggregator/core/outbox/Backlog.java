package org.pocx.aggregator.core.outbox;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.store.StoreChange;

/**
 * The changes that could not be written yet: of each thing the youngest. When it is full, the oldest of what a restart
 * needs least is dropped.
 *
 * <p>Not thread-safe; guarded by its {@link StoreWriter}.
 */
final class Backlog {
    /** Changes kept while the store cannot be written. */
    static final int MAX_CHANGES = 100_000;

    private final Map<Worth, Map<Object, PendingChange>> changes = new EnumMap<>(Worth.class);

    /** How much a restart would miss a change; least first. */
    private enum Worth {
        /** Without it, a restart sends a nonce once more, which is harmless. */
        TIDYING,
        /** The rounds, and the nonces that are to be forwarded. */
        NEEDED
    }

    Backlog() {
        for (Worth worth : Worth.values()) {
            changes.put(worth, new LinkedHashMap<>());
        }
    }

    /** Keeps a change, unless a younger one of the same thing is kept. */
    void add(PendingChange pending) {
        Object subject = subject(pending.change());
        PendingChange kept = find(subject);
        if (kept != null && kept.number() > pending.number()) {
            return;
        }
        remove(subject);
        if (size() >= MAX_CHANGES) {
            dropOne();
        }
        of(worth(pending.change())).put(subject, pending);
    }

    /** Forgets what is kept of the same thing, unless it is younger. */
    void written(PendingChange pending) {
        Object subject = subject(pending.change());
        PendingChange kept = find(subject);
        if (kept != null && kept.number() <= pending.number()) {
            remove(subject);
        }
    }

    boolean isEmpty() {
        return size() == 0;
    }

    Optional<PendingChange> oldest() {
        return changes.values().stream()
                .flatMap(kept -> kept.values().stream().limit(1))
                .min(Comparator.comparingLong(PendingChange::number));
    }

    /** Returns all, in the order in which they were to be written, and is empty then. */
    List<PendingChange> takeAll() {
        List<PendingChange> all = changes.values().stream()
                .flatMap(kept -> kept.values().stream())
                .sorted(Comparator.comparingLong(PendingChange::number))
                .toList();
        changes.values().forEach(Map::clear);
        return all;
    }

    private int size() {
        int size = 0;
        for (Map<Object, PendingChange> kept : changes.values()) {
            size += kept.size();
        }
        return size;
    }

    private @Nullable PendingChange find(Object subject) {
        for (Map<Object, PendingChange> kept : changes.values()) {
            PendingChange found = kept.get(subject);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private void remove(Object subject) {
        changes.values().forEach(kept -> kept.remove(subject));
    }

    private void dropOne() {
        for (Map<Object, PendingChange> kept : changes.values()) {
            if (!kept.isEmpty()) {
                kept.remove(kept.keySet().iterator().next());
                return;
            }
        }
    }

    private Map<Object, PendingChange> of(Worth worth) {
        return Objects.requireNonNull(changes.get(worth));
    }

    private static Worth worth(StoreChange change) {
        return switch (change) {
            case StoreChange.RoundClosed round -> Worth.TIDYING;
            case StoreChange.OutboxRemoved nonce -> Worth.TIDYING;
            case StoreChange.VerdictGiven verdict -> Worth.TIDYING;
            case StoreChange.StandingGiven standing -> Worth.TIDYING;
            case StoreChange.RoundAnnounced round -> Worth.NEEDED;
            case StoreChange.OutboxPut nonce -> Worth.NEEDED;
        };
    }

    /** What a change is about: a younger change of the same subject replaces an older one. */
    private static Object subject(StoreChange change) {
        return switch (change) {
            case StoreChange.RoundAnnounced announced -> List.of(announced.info(), announced.upstream());
            case StoreChange.RoundClosed closed -> closed.blockHash();
            case StoreChange.OutboxPut put -> nonce(
                    put.nonce().submission().blockHash(), put.nonce().submission().nonceId());
            case StoreChange.OutboxRemoved removed -> nonce(removed.blockHash(), removed.nonceId());
            case StoreChange.VerdictGiven given -> nonce(
                    given.verdict().submission().blockHash(),
                    given.verdict().submission().nonceId());
            case StoreChange.StandingGiven given -> List.of(
                    given.standing().blockHash(), given.standing().nonceId(), given.standing().upstream());
        };
    }

    private static Object nonce(String blockHash, NonceId nonceId) {
        return List.of(blockHash, nonceId);
    }
}
