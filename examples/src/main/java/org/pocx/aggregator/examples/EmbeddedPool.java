package org.pocx.aggregator.examples;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * A pool with the core in front of its books: it computes the proof of each nonce, and needs no node. A proof takes a pool
 * 60 ms and more; the core lets through only nonces that would be the best of their account. No HTTP, no disk.
 *
 * <p>Thread-safe: a round and its shares are replaced as a whole, so a late share cannot slip into the next round.
 */
public final class EmbeddedPool implements Upstream {
    private final Set<String> members;
    private final ToLongFunction<NonceSubmission> prover;
    private volatile @Nullable Round round;

    private record Round(MiningInfo info, Map<String, Long> shares) {}

    public EmbeddedPool(Set<String> members) {
        this(members, ProvenQuality::of);
    }

    /** @param prover gives the raw quality (u64) that a nonce really has */
    public EmbeddedPool(Set<String> members, ToLongFunction<NonceSubmission> prover) {
        this.members = Set.copyOf(members);
        this.prover = prover;
    }

    /** The chain has a new tip. */
    public void mine(MiningInfo info) {
        round = new Round(info, new ConcurrentHashMap<>());
    }

    /** {@return the best raw quality (u64) of each account in this round, by which it will be paid} */
    public Map<String, Long> shares() {
        Round now = round;
        return now == null ? Map.of() : Map.copyOf(now.shares);
    }

    @Override
    public MiningInfoOutcome fetchMiningInfo() {
        Round now = round;
        return now == null ? noChain() : new MiningInfoOutcome.Fetched(now.info);
    }

    @Override
    public SubmitOutcome submit(NonceSubmission nonce) {
        Round now = round;
        if (now == null) {
            return noChain();
        }
        if (!nonce.blockHash().equals(now.info.blockHash())) {
            return new SubmitOutcome.Stale(UpstreamMessage.of("another block is being mined"));
        }
        if (!members.contains(nonce.accountId())) {
            return UpstreamTrouble.accountRefused(UpstreamMessage.of("no account of this pool"));
        }
        long proven = prover.applyAsLong(nonce);
        if (proven != nonce.rawQuality()) {
            String words = "its raw quality is " + Long.toUnsignedString(proven);
            return new SubmitOutcome.Rejected(UpstreamMessage.of(words), true);
        }
        now.shares.merge(nonce.accountId(), proven, (a, b) -> Long.compareUnsigned(a, b) <= 0 ? a : b);
        return new SubmitOutcome.Accepted(proven);
    }

    private static UpstreamTrouble noChain() {
        return UpstreamTrouble.unreachable("the pool has no chain yet");
    }

    /** One round with one miner. */
    public static void main(String[] args) {
        String account = "a1".repeat(20);
        MiningInfo info = new MiningInfo("5e".repeat(32), 36_650_387_592L, 1_000, "b0".repeat(32));
        EmbeddedPool pool = new EmbeddedPool(Set.of(account));
        pool.mine(info);
        NonceSubmission.Builder found = NonceSubmission.builder()
                .round(info).accountId(account).seed("5d".repeat(32)).nonce(1).compression(1);
        long quality = ProvenQuality.of(found.rawQuality(0).build()); // a miner reads it from its plot
        try (Aggregator aggregator = Aggregator.builder().upstream(pool).build()) {
            aggregator.start();
            MinerId miner = new MinerId("10.0.0.7");
            System.out.println(aggregator.miningInfo(miner));
            System.out.println(aggregator.submit(found.rawQuality(quality).build(), miner));
        }
        System.out.println(pool.shares());
    }
}
