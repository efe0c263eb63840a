package org.pocx.aggregator.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoredFarm.StoredRound;

/**
 * A store that forgets all when the process ends: for tests, and for programs that keep durable memory elsewhere. What it
 * holds is bounded like any other store's: the open rounds, and the last {@value #MAX_VERDICTS} verdicts.
 *
 * <p>Thread-safe, by its monitor.
 */
public final class InMemorySubmissionStore implements SubmissionStore {
    static final int MAX_VERDICTS = 100_000;
    private static final int OPEN_ROUNDS = 3;

    private final Map<String, List<MiningInfo>> rounds = new LinkedHashMap<>();
    private final Map<String, Instant> announcedAt = new HashMap<>();
    private final Map<NonceKey, ReceivedNonce> outbox = new LinkedHashMap<>();
    private final Map<NonceKey, Verdict> verdicts = new LinkedHashMap<>();
    private boolean closed;

    /** An empty store. */
    public InMemorySubmissionStore() {}

    @Override
    public synchronized StoredFarm load(Instant now) {
        List<StoredRound> open = rounds.values().stream()
                .skip(Math.max(0, rounds.size() - OPEN_ROUNDS))
                .map(all -> new StoredRound(
                        all, Optional.ofNullable(announcedAt.get(all.getFirst().blockHash()))))
                .toList();
        List<String> hashes = open.stream().map(StoredRound::blockHash).toList();
        return new StoredFarm(
                open,
                outbox.values().stream()
                        .filter(entry -> hashes.contains(entry.submission().blockHash()))
                        .toList(),
                verdicts.values().stream()
                        .filter(verdict -> hashes.contains(verdict.submission().blockHash()))
                        .toList(),
                confirmedSince(now.minus(Duration.ofDays(1))));
    }

    private Map<String, Instant> confirmedSince(Instant then) {
        return verdicts.values().stream()
                .filter(verdict -> verdict.outcome() == Verdict.Outcome.CONFIRMED
                        && !verdict.isBad()
                        && verdict.at().isAfter(then))
                .collect(Collectors.toMap(
                        verdict -> verdict.miner().id(), Verdict::at, (a, b) -> a.isAfter(b) ? a : b));
    }

    @Override
    public synchronized CompletableFuture<Void> write(StoreChange change) {
        if (closed) {
            return CompletableFuture.failedFuture(new StoreException("the store in memory is closed"));
        }
        switch (change) {
            case StoreChange.RoundAnnounced announced -> announce(announced.info(), announced.at());
            case StoreChange.RoundClosed closed -> close(closed.blockHash());
            case StoreChange.OutboxPut put -> outbox.put(
                    key(put.nonce().submission().blockHash(), put.nonce().submission().nonceId()), put.nonce());
            case StoreChange.OutboxRemoved removed -> outbox.remove(key(removed.blockHash(), removed.nonceId()));
            case StoreChange.VerdictGiven given -> give(given.verdict());
        }
        return CompletableFuture.completedFuture(null);
    }

    private void announce(MiningInfo info, Instant at) {
        announcedAt.putIfAbsent(info.blockHash(), at);
        List<MiningInfo> announcements = rounds.remove(info.blockHash());
        List<MiningInfo> all = announcements == null ? new ArrayList<>(1) : announcements;
        MiningInfo kept =
                new MiningInfo(info.generationSignature(), info.baseTarget(), info.height(), info.blockHash());
        all.remove(kept);
        all.add(kept);
        rounds.put(info.blockHash(), all);
    }

    private void close(String blockHash) {
        rounds.remove(blockHash);
        announcedAt.remove(blockHash);
        outbox.keySet().removeIf(key -> key.blockHash().equals(blockHash));
    }

    private void give(Verdict verdict) {
        NonceKey key = key(verdict.submission().blockHash(), verdict.submission().nonceId());
        outbox.remove(key);
        verdicts.put(key, verdict);
        if (verdicts.size() > MAX_VERDICTS) {
            verdicts.remove(verdicts.keySet().iterator().next());
        }
    }

    private static NonceKey key(String blockHash, NonceId nonceId) {
        return new NonceKey(blockHash, nonceId);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private record NonceKey(String blockHash, NonceId nonceId) {}
}
