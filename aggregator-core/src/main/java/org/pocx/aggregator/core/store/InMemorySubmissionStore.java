package org.pocx.aggregator.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoredFarm.StoredRound;
import org.pocx.aggregator.core.store.StoredFarm.StoredStanding;

/**
 * See {@link SubmissionStore#inMemory}. What it holds is bounded like any other store's: the open rounds, and the last
 * {@value #MAX_VERDICTS} verdicts.
 *
 * <p>Thread-safe, by its monitor.
 */
final class InMemorySubmissionStore implements SubmissionStore {
    static final int MAX_VERDICTS = 100_000;
    private static final int OPEN_ROUNDS = 3;

    private final Map<String, List<MiningInfo>> rounds = new LinkedHashMap<>();
    private final Map<String, Instant> announcedAt = new HashMap<>();
    private final Map<NonceKey, ReceivedNonce> outbox = new LinkedHashMap<>();
    private final Map<NonceKey, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<StandingKey, StoredStanding> standings = new LinkedHashMap<>();

    /** By upstream: the hashes of the rounds that it announced last and that are open, the latest last. */
    private final Map<String, List<String>> announcedBy = new LinkedHashMap<>();

    private boolean closed;

    @Override
    public synchronized StoredFarm load(Instant now) {
        List<StoredRound> open = rounds.entrySet().stream()
                .map(round -> new StoredRound(
                        round.getValue(),
                        Optional.ofNullable(announcedAt.get(round.getKey())),
                        upstreamsOf(round.getKey())))
                .filter(round -> !round.upstreams().isEmpty())
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
                confirmedSince(now.minus(Duration.ofDays(1))),
                standings.values().stream()
                        .filter(standing -> hashes.contains(standing.blockHash()))
                        .collect(Collectors.toSet()));
    }

    private Set<String> upstreamsOf(String blockHash) {
        return announcedBy.entrySet().stream()
                .filter(entry -> entry.getValue().contains(blockHash))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Map<String, Instant> confirmedSince(Instant then) {
        return verdicts.values().stream()
                .filter(verdict -> verdict.outcome().isAccepted()
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
            case StoreChange.RoundAnnounced announced -> announce(announced);
            case StoreChange.RoundClosed closed -> close(closed.blockHash());
            case StoreChange.OutboxPut put -> outbox.put(
                    key(put.nonce().submission().blockHash(), put.nonce().submission().nonceId()), put.nonce());
            case StoreChange.OutboxRemoved removed -> outbox.remove(key(removed.blockHash(), removed.nonceId()));
            case StoreChange.VerdictGiven given -> give(given);
            case StoreChange.StandingGiven given -> put(given.standing());
        }
        return CompletableFuture.completedFuture(null);
    }

    private void announce(StoreChange.RoundAnnounced announced) {
        MiningInfo info = announced.info();
        announcedAt.putIfAbsent(info.blockHash(), announced.at());
        List<String> hashes = announcedBy.computeIfAbsent(announced.upstream(), none -> new ArrayList<>(OPEN_ROUNDS));
        hashes.remove(info.blockHash());
        hashes.addLast(info.blockHash());
        if (hashes.size() > OPEN_ROUNDS) {
            hashes.removeFirst();
        }
        List<MiningInfo> known = rounds.get(info.blockHash());
        List<MiningInfo> all = known == null ? new ArrayList<>(1) : known;
        if (announced.isCurrent()) {
            rounds.remove(info.blockHash());
        }
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
        announcedBy.values().forEach(hashes -> hashes.remove(blockHash));
        standings.keySet().removeIf(key -> key.nonce().blockHash().equals(blockHash));
    }

    private void give(StoreChange.VerdictGiven given) {
        Verdict verdict = given.verdict();
        StoredStanding.of(verdict, given.upstream()).ifPresent(this::put);
        NonceKey key = key(verdict.submission().blockHash(), verdict.submission().nonceId());
        outbox.remove(key);
        verdicts.put(key, verdict);
        if (verdicts.size() > MAX_VERDICTS) {
            verdicts.remove(verdicts.keySet().iterator().next());
        }
    }

    private void put(StoredStanding standing) {
        standings.put(
                new StandingKey(key(standing.blockHash(), standing.nonceId()), standing.upstream()), standing);
        if (standings.size() > MAX_VERDICTS) {
            standings.remove(standings.keySet().iterator().next());
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

    private record StandingKey(NonceKey nonce, String upstream) {}
}
