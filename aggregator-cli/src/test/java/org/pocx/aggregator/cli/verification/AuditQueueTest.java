package org.pocx.aggregator.cli.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.cli.verification.ProvenNonces.received;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.CoinbaseOutputs;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.testkit.Nonces;

/** Which nonce is checked next. */
class AuditQueueTest {
    private final AuditQueue queue = new AuditQueue();
    private long nonces;
    private long now;

    @BeforeEach
    void mining() {
        queue.on(Events.opened(ProvenNonces.ROUND));
    }

    private long filtered(String machine) {
        return changed(machine, null, Fate.FILTERED, 0, false);
    }

    private long rejected(String machine) {
        return changed(machine, Fate.PENDING, Fate.REJECTED, 0, false);
    }

    private long changed(String machine, @Nullable Fate before, Fate after, long worse, boolean unsent) {
        ReceivedNonce nonce = received(nonces++, 1, 1_000, machine);
        queue.on(new FateChanged(nonce, before, after, 1_000 + worse, "", Duration.ZERO, true, unsent));
        return nonce.submission().nonce();
    }

    private List<Long> taken() {
        List<Long> all = new ArrayList<>();
        for (Optional<ReceivedNonce> next = next(); next.isPresent(); next = next()) {
            all.add(next.get().submission().nonce());
        }
        return all;
    }

    private Optional<ReceivedNonce> next() {
        return queue.next(now++);
    }

    @Test
    void nothingSent_nothingWaits() {
        assertThat(taken()).isEmpty();
    }

    @Test
    void rejectedAndOverClaimedOnes_comeBeforeThoseThatWereNotSent() {
        long filtered = filtered("a");
        long superseded = changed("b", Fate.PENDING, Fate.SUPERSEDED, 0, false);
        long rejected = rejected("c");
        long overClaimed = changed("d", Fate.PENDING, Fate.CONFIRMED, 7, false);

        List<Long> taken = taken();

        assertThat(taken.subList(0, 2)).containsExactlyInAnyOrder(rejected, overClaimed);
        assertThat(taken.subList(2, 4)).containsExactlyInAnyOrder(filtered, superseded);
    }

    @Test
    void confirmedPendingAndRefusedOnes_areNotChecked() {
        changed("a", Fate.PENDING, Fate.CONFIRMED, 0, false);
        changed("a", null, Fate.PENDING, 0, false);
        changed("a", null, Fate.REFUSED, 0, false);
        changed("a", Fate.PENDING, Fate.STALE, 0, false);
        changed("a", Fate.PENDING, Fate.EXPIRED, 0, false);

        assertThat(taken()).isEmpty();
    }

    @Test
    void rejectedByTheGate_isNotComputedAgain() {
        changed("a", Fate.PENDING, Fate.REJECTED, 0, true);

        assertThat(taken()).isEmpty();
    }

    @Test
    void machineThatWasCheckedLongestAgo_isNext() {
        filtered("a");
        next();
        filtered("b");
        next();
        long a = filtered("a");
        long b = filtered("b");
        long unchecked = filtered("c");

        assertThat(taken()).containsExactly(unchecked, a, b);
    }

    @Test
    void ofTheNoncesOfAMachineThatWereNotSent_theFirstSinceItsLastCheckIsChecked() {
        long first = filtered("a");
        filtered("a");
        assertThat(taken()).containsExactly(first);

        long next = filtered("a");
        filtered("a");
        assertThat(taken()).containsExactly(next);
    }

    @Test
    void ofTheRejectedNoncesOfAMachine_theLastFourAreChecked() {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(rejected("a"));
        }

        assertThat(taken()).containsExactlyElementsOf(all.subList(2, 6).reversed());
    }

    @Test
    void manyRejectedOnes_leaveEveryFourthCheckToOthers() {
        for (int i = 0; i < 4; i++) {
            rejected("a");
        }
        long filtered = filtered("b");

        assertThat(taken()).element(3).isEqualTo(filtered);
    }

    @Test
    void compressionAboveTheTargetOfItsRound_isNotChecked() {
        queue.on(new FateChanged(
                received(1, 2, 1_000, "a"), null, Fate.FILTERED, 1_000, "", Duration.ZERO, false));
        assertThat(taken()).isEmpty();

        MiningInfo higher = new MiningInfo(
                ProvenNonces.ROUND.generationSignature(), 1, 0, ProvenNonces.ROUND.blockHash(), -1L, 0, 2,
                java.util.Map.of());
        queue.on(Events.reannounced(higher));
        queue.on(new FateChanged(
                received(1, 2, 1_000, "a"), null, Fate.FILTERED, 1_000, "", Duration.ZERO, false));
        assertThat(taken()).hasSize(1);
    }

    @Test
    void compressionAbove6_isNeverChecked() {
        queue.on(Events.reannounced(new MiningInfo(
                ProvenNonces.ROUND.generationSignature(), 1, 0, ProvenNonces.ROUND.blockHash(), -1L, 0, 9,
                java.util.Map.of())));
        queue.on(new FateChanged(
                received(1, 7, 1_000, "a"), null, Fate.FILTERED, 1_000, "", Duration.ZERO, false));

        assertThat(taken()).isEmpty();
    }

    @Test
    void limitsOfManyRounds_areForgotten_andTheDefaultHolds() {
        CompressionLimits limits = new CompressionLimits();
        limits.announced(new MiningInfo(
                ProvenNonces.ROUND.generationSignature(), 1, 0, ProvenNonces.ROUND.blockHash(), -1L, 0, 2,
                java.util.Map.of()));
        for (int i = 1; i < CompressionLimits.ROUNDS; i++) {
            limits.announced(Nonces.round(i));
        }
        assertThat(limits.allow(received(1, 2, 1, "a").submission())).isTrue();

        limits.announced(Nonces.round(99));

        assertThat(limits.allow(received(1, 2, 1, "a").submission())).isFalse();
        assertThat(limits.allow(received(1, 1, 1, "a").submission())).isTrue();
    }

    @Test
    void coinbaseOutputs_areNotKept() {
        ReceivedNonce nonce = received(1, 1, 1_000, "a");
        CoinbaseOutputs outputs = new CoinbaseOutputs(List.of(new CoinbaseOutputs.Output("address", 5)));
        queue.on(new FateChanged(
                new ReceivedNonce(
                        nonce.submission().toBuilder().coinbaseOutputs(outputs).build(),
                        nonce.miner(),
                        nonce.receivedAt()),
                null,
                Fate.FILTERED,
                1_000,
                "",
                Duration.ZERO,
                false));

        assertThat(next()).hasValue(nonce);
    }

    @Test
    void tooManyMachines_newOnesAreNotChecked() {
        for (int i = 0; i < AuditQueue.MAX_MACHINES; i++) {
            filtered("m" + i);
        }
        filtered("one more");
        rejected("one more");

        assertThat(queue.machines()).isEqualTo(AuditQueue.MAX_MACHINES);
    }

    @Test
    void machineWithoutWaitingNonce_isForgottenAfterADay() {
        filtered("a");
        next();
        now += Duration.ofDays(1).toNanos() - 10;
        filtered("b");
        assertThat(next()).isPresent();
        next();
        assertThat(queue.machines()).isEqualTo(2);

        now += 10;
        filtered("b");
        next();
        next();

        assertThat(queue.machines()).isEqualTo(1);
    }

    @Test
    void restart_knowsTheTargetsOfOpenRounds() {
        AggregatorEvent started = new AggregatorEvent.Started(org.pocx.aggregator.core.store.StoredFarm.EMPTY);

        queue.on(started);

        filtered("a");
        assertThat(taken()).hasSize(1);
    }
}
