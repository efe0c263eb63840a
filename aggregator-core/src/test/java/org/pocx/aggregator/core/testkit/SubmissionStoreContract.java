package org.pocx.aggregator.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.core.AggregatorBuilder;
import org.pocx.aggregator.core.mining.CoinbaseOutputs;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreChange.OutboxPut;
import org.pocx.aggregator.core.store.StoreChange.OutboxRemoved;
import org.pocx.aggregator.core.store.StoreChange.RoundAnnounced;
import org.pocx.aggregator.core.store.StoreChange.RoundClosed;
import org.pocx.aggregator.core.store.StoreChange.StandingGiven;
import org.pocx.aggregator.core.store.StoreChange.VerdictGiven;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.StoredFarm.StoredRound;
import org.pocx.aggregator.core.store.StoredFarm.StoredStanding;
import org.pocx.aggregator.core.store.StoredFarm.StoredStanding.Decision;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/** What every {@link SubmissionStore} must do: extend it beside each one, in a class that opens yours. */
public abstract class SubmissionStoreContract {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ACCOUNT = "a".repeat(40);
    private static final long HUGE = Long.MIN_VALUE + 1_000_001;
    private static final long HIGHEST = -1L;

    private SubmissionStore store;

    /** Opens a store that is new and empty. */
    protected abstract SubmissionStore open() throws Exception;

    /**
     * What a new process would find after the one of this store ended: closes the store and opens it again. A store
     * that forgets with its process returns the one given, unclosed.
     */
    protected abstract SubmissionStore restart(SubmissionStore store) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void newStore_isEmpty() {
        assertThat(store.load(NOW)).isEqualTo(StoredFarm.EMPTY);
    }

    @Test
    void storeOfAnAggregator_isRefusedToAnother() {
        AggregatorBuilder builder = Aggregator.builder().upstream(new FakeUpstream()).store(store);
        try (Aggregator owner = builder.build()) {
            assertThat(owner.readiness().storeProblem()).isEmpty();
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("store");
        }
    }

    @Test
    void announcedRounds_areOpenWithTheCurrentOneLast() throws Exception {
        write(announced(round(1)), announced(round(2)), announced(round(3)));

        assertThat(restarted().openRounds()).containsExactly(stored(round(1)), stored(round(2)), stored(round(3)));
    }

    @Test
    void fourthRound_leavesTheLastThreeOpen() throws Exception {
        write(announced(round(1)), announced(round(2)), announced(round(3)), announced(round(4)));

        assertThat(restarted().openRounds()).containsExactly(stored(round(2)), stored(round(3)), stored(round(4)));
    }

    @Test
    void roundAnnouncedAgain_isTheCurrentOne() throws Exception {
        write(announced(round(1)), announced(round(2)), announced(round(1)));

        assertThat(restarted().openRounds()).containsExactly(stored(round(2)), stored(round(1)));
    }

    @Test
    void roundAnnouncedWithAnotherBaseTarget_keepsBothInTheirOrder() throws Exception {
        MiningInfo first = round(1);
        MiningInfo second =
                new MiningInfo(first.generationSignature(), HIGHEST, first.height(), first.blockHash());
        write(announced(first), announced(second));

        assertThat(restarted().openRounds()).containsExactly(stored(first, second));
    }

    @Test
    void roundWithUnsignedFields_isKeptExactly() throws Exception {
        MiningInfo info = new MiningInfo(hash(7), HIGHEST, HUGE, hash(8));
        write(announced(info));

        assertThat(restarted().openRounds()).containsExactly(stored(info));
    }

    @Test
    void closedRound_isNotLoadedNorItsOutbox() throws Exception {
        write(announced(round(1)), announced(round(2)), put(nonce(round(1), 1)), put(nonce(round(2), 2)));
        write(new RoundClosed(round(1).blockHash()));

        StoredFarm farm = restarted();
        assertThat(farm.openRounds()).containsExactly(stored(round(2)));
        assertThat(farm.outbox()).containsExactly(entry(nonce(round(2), 2)));
    }

    @Test
    void closedRoundAnnouncedAgain_isOpenWithoutItsOldOutbox() throws Exception {
        write(announced(round(1)), put(nonce(round(1), 1)), new RoundClosed(round(1).blockHash()));
        write(announced(round(1)));

        StoredFarm farm = restarted();
        assertThat(farm.openRounds()).containsExactly(stored(round(1)));
        assertThat(farm.outbox()).isEmpty();
    }

    @Test
    void outbox_isLoadedInTheOrderOfReceipt() throws Exception {
        write(announced(round(1)));
        List<NonceSubmission> nonces =
                IntStream.of(3, 1, 2).mapToObj(n -> nonce(round(1), n)).toList();
        for (int i = 0; i < nonces.size(); i++) {
            write(new OutboxPut(new ReceivedNonce(nonces.get(i), miner(1), NOW.plusMillis(i))));
        }

        assertThat(restarted().outbox()).extracting(ReceivedNonce::submission).containsExactlyElementsOf(nonces);
    }

    @Test
    void outboxEntry_isKeptExactly() throws Exception {
        NonceSubmission nonce = NonceSubmission.builder()
                .blockHash(round(1).blockHash())
                .height(HUGE)
                .generationSignature(hash(9))
                .baseTarget(HIGHEST)
                .accountId(ACCOUNT)
                .seed(hash(10))
                .nonce(HIGHEST)
                .compression(255)
                .rawQuality(HIGHEST)
                .build();
        ReceivedNonce entry =
                new ReceivedNonce(nonce, new MinerId("fe80::1%eth0", "stall 4, Größe"), NOW.plusNanos(1_000));
        write(announced(round(1)), new OutboxPut(entry));

        assertThat(restarted().outbox()).containsExactly(entry);
    }

    @Test
    void nonceIdPutAgain_replacesItsEntry() throws Exception {
        NonceSubmission nonce = nonce(round(1), 1);
        ReceivedNonce ofAnotherMachine = new ReceivedNonce(nonce, miner(2), NOW);
        write(announced(round(1)), put(nonce), new OutboxPut(ofAnotherMachine));

        assertThat(restarted().outbox()).containsExactly(ofAnotherMachine);
    }

    @Test
    void otherClaimOrOutputsForTheSameProof_areEntriesOfTheirOwn() throws Exception {
        NonceSubmission claim = nonce(round(1), 1);
        NonceSubmission otherClaim = withQuality(claim, HUGE);
        NonceSubmission withOutputs = withOutputs(claim);
        write(announced(round(1)), put(claim), put(otherClaim), put(withOutputs));
        write(given(otherClaim, Outcome.REJECTED), new OutboxRemoved(round(1).blockHash(), claim.nonceId()));

        StoredFarm farm = restarted();
        assertThat(farm.outbox()).containsExactly(entry(withOutputs));
        assertThat(farm.verdicts()).extracting(Verdict::submission).containsExactly(otherClaim);
    }

    @Test
    void roundAnnouncedAgain_keepsTheTimeOfItsFirstAnnouncement() throws Exception {
        write(announced(round(1)), new RoundAnnounced(round(1), NOW.plusSeconds(60)));
        assertThat(restarted().openRounds()).containsExactly(stored(round(1)));

        write(new RoundClosed(round(1).blockHash()), new RoundAnnounced(round(1), NOW.plusSeconds(90)));
        assertThat(restarted().openRounds().getFirst().announcedAt()).contains(NOW.plusSeconds(90));
    }

    @Test
    void machineWhoseConfirmationWasTakenBack_isNotAmongTheConfirmed() throws Exception {
        write(announced(round(1)), confirmed(1, "taken back", NOW), confirmed(2, "honest", NOW));
        NonceSubmission nonce = nonce(round(1), 1);
        write(new VerdictGiven(
                new Verdict(new ReceivedNonce(nonce, new MinerId("taken back"), NOW), Outcome.REJECTED, 0,
                        new UpstreamMessage("bad", "-26"), true, NOW)));

        assertThat(restarted().confirmedMachines()).containsOnlyKeys("honest");
    }

    @Test
    void machineThatWasConfirmedWorseThanClaimed_isNotAmongTheConfirmed() throws Exception {
        NonceSubmission nonce = nonce(round(1), 1);
        write(announced(round(1)));
        write(new VerdictGiven(new Verdict(new ReceivedNonce(nonce, new MinerId("boaster"), NOW), Outcome.CONFIRMED,
                nonce.rawQuality() + 1, UpstreamMessage.NONE, false, NOW)));

        assertThat(restarted().confirmedMachines()).isEmpty();
    }

    @Test
    void sameNonceInAnotherRound_isAnotherEntry() throws Exception {
        write(announced(round(1)), announced(round(2)), put(nonce(round(1), 1)), put(nonce(round(2), 1)));
        write(new OutboxRemoved(round(1).blockHash(), nonce(round(1), 1).nonceId()));

        assertThat(restarted().outbox()).containsExactly(entry(nonce(round(2), 1)));
    }

    @Test
    void outboxEntryRemoved_isGone() throws Exception {
        NonceSubmission nonce = nonce(round(1), 1);
        write(announced(round(1)), put(nonce), put(nonce(round(1), 2)));
        write(new OutboxRemoved(nonce.blockHash(), nonce.nonceId()));

        assertThat(restarted().outbox()).containsExactly(entry(nonce(round(1), 2)));
    }

    @Test
    void outboxOfARoundThatIsNotOpen_isNotLoaded() throws Exception {
        write(announced(round(1)), put(nonce(round(1), 1)));
        write(announced(round(2)), announced(round(3)), announced(round(4)));

        assertThat(restarted().outbox()).isEmpty();
    }

    @Test
    void verdict_isKeptExactlyAndEndsTheOutboxEntry() throws Exception {
        NonceSubmission nonce = nonce(round(1), 1);
        Verdict verdict = new Verdict(new ReceivedNonce(nonce, new MinerId("10.0.0.1", "stall"), NOW.minusSeconds(2)),
                Outcome.REJECTED, 0, new UpstreamMessage("PoCX validation failed: \"quality\"\n2nd line", "-26"), true,
                NOW.plusNanos(5_000));
        write(announced(round(1)), put(nonce), new VerdictGiven(verdict));

        StoredFarm farm = restarted();
        assertThat(farm.verdicts()).containsExactly(verdict);
        assertThat(farm.outbox()).isEmpty();
    }

    @Test
    void verdictsOfOpenRounds_areLoadedInTheOrderInWhichTheyFell() throws Exception {
        write(announced(round(1)), announced(round(2)));
        write(given(nonce(round(2), 3), Outcome.CONFIRMED), given(nonce(round(1), 1), Outcome.EXPIRED));
        write(given(nonce(round(9), 4), Outcome.STALE), given(nonce(round(1), 2), Outcome.ACCOUNT_REFUSED));

        assertThat(restarted().verdicts())
                .extracting(verdict -> verdict.submission().nonce())
                .containsExactly(3L, 1L, 2L);
    }

    @Test
    void secondVerdictOnANonce_replacesTheFirst() throws Exception {
        NonceSubmission nonce = nonce(round(1), 1);
        write(announced(round(1)), given(nonce, Outcome.STALE), given(nonce, Outcome.CONFIRMED));

        assertThat(restarted().verdicts()).extracting(Verdict::outcome).containsExactly(Outcome.CONFIRMED);
    }

    @Test
    void verdictsOfAClosedRound_areNotLoaded() throws Exception {
        write(announced(round(1)), given(nonce(round(1), 1), Outcome.CONFIRMED));
        write(new RoundClosed(round(1).blockHash()));

        assertThat(restarted().verdicts()).isEmpty();
    }

    @Test
    void machineConfirmedWithinADay_isKnownWithItsLastTime() throws Exception {
        write(
                confirmed(1, "10.0.0.1", NOW.minus(Duration.ofHours(23))),
                confirmed(2, "10.0.0.1", NOW.minus(Duration.ofHours(2))),
                confirmed(3, "10.0.0.2", NOW.minus(Duration.ofHours(25))));

        assertThat(restarted().confirmedMachines())
                .containsExactly(Map.entry("10.0.0.1", NOW.minus(Duration.ofHours(2))));
    }

    @Test
    void machineWithOtherVerdictsOnly_isNotConfirmed() throws Exception {
        write(announced(round(1)), given(nonce(round(1), 1), Outcome.REJECTED),
                given(nonce(round(1), 2), Outcome.STALE));

        assertThat(restarted().confirmedMachines()).isEmpty();
    }

    @Test
    void roundsOfEachUpstream_areOpenWithTheirUpstreams() throws Exception {
        for (int i = 1; i <= 4; i++) {
            write(new RoundAnnounced(round(i), NOW, "a", true));
        }
        write(
                new RoundAnnounced(round(4), NOW, "b", false),
                new RoundAnnounced(round(9), NOW, "b", false),
                new RoundAnnounced(round(1), NOW, "b", false));

        assertThat(restarted().openRounds())
                .extracting(StoredRound::blockHash, StoredRound::upstreams)
                .contains(
                        tuple(round(2).blockHash(), Set.of("a")),
                        tuple(round(3).blockHash(), Set.of("a")),
                        tuple(round(4).blockHash(), Set.of("a", "b")),
                        tuple(round(9).blockHash(), Set.of("b")));
        assertThat(restarted().openRounds())
                .filteredOn(open -> open.blockHash().equals(round(1).blockHash()))
                .singleElement()
                .satisfies(open -> assertThat(open.upstreams()).contains("b"));
    }

    @Test
    void roundOfAnotherUpstream_isNotTheCurrentOne() throws Exception {
        write(new RoundAnnounced(round(1), NOW, "a", true), new RoundAnnounced(round(2), NOW, "a", true));
        write(new RoundAnnounced(round(1), NOW, "b", false));

        assertThat(restarted().openRounds().getLast().blockHash()).isEqualTo(round(2).blockHash());
    }

    @Test
    void standings_areKeptForEachUpstream_whileTheRoundIsOpen() throws Exception {
        NonceSubmission nonce = nonce(round(1), 1);
        Verdict confirmed = given(nonce, Outcome.CONFIRMED).verdict();
        StoredStanding ofB = new StoredStanding(nonce.blockHash(), nonce.nonceId(), "b", Decision.REJECTED, 0);
        write(announced(round(1)), put(nonce), new VerdictGiven(confirmed, "a"), new StandingGiven(ofB));

        assertThat(restarted().standings())
                .containsExactlyInAnyOrder(ofB, StoredStanding.of(confirmed, "a").orElseThrow());

        write(new StandingGiven(new StoredStanding(nonce.blockHash(), nonce.nonceId(), "b", Decision.CONFIRMED, HUGE)));
        assertThat(restarted().standings())
                .contains(new StoredStanding(nonce.blockHash(), nonce.nonceId(), "b", Decision.CONFIRMED, HUGE));

        write(new RoundClosed(nonce.blockHash()), announced(round(1)));
        assertThat(restarted().standings()).isEmpty();
    }

    @Test
    void filteredStanding_isKept_andItsNonceStaysInTheOutbox() throws Exception {
        NonceSubmission nonce = nonce(round(1), 1);
        StoredStanding filtered =
                new StoredStanding(nonce.blockHash(), nonce.nonceId(), "hub", Decision.FILTERED, 0);
        write(announced(round(1)), put(nonce), new StandingGiven(filtered));

        assertThat(restarted().standings()).containsExactly(filtered);
        assertThat(restarted().outbox()).hasSize(1);
    }

    @Test
    void nonceThatWasTakenOver_isKeptAsThat_andTrustsItsMachine() throws Exception {
        NonceSubmission nonce = nonce(round(1), 1);
        write(announced(round(1)), put(nonce), given(nonce, Outcome.TAKEN_OVER));

        assertThat(restarted().verdicts()).extracting(Verdict::outcome).containsExactly(Outcome.TAKEN_OVER);
        assertThat(restarted().outbox()).isEmpty();
        assertThat(restarted().confirmedMachines()).hasSize(1);
    }

    @Test
    void verdictOfAnUnknownUpstream_hasNoStanding() throws Exception {
        write(announced(round(1)));
        write(new VerdictGiven(given(nonce(round(1), 1), Outcome.CONFIRMED).verdict(), ""));

        StoredFarm farm = restarted();
        assertThat(farm.verdicts()).hasSize(1);
        assertThat(farm.standings()).isEmpty();
    }

    @Test
    void changesWrittenWithoutWaiting_areAppliedInTheirOrder() throws Exception {
        write(announced(round(1)));
        NonceSubmission nonce = nonce(round(1), 1);
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            writes.add(store.write(new OutboxRemoved(nonce.blockHash(), nonce.nonceId())));
            writes.add(store.write(new OutboxPut(new ReceivedNonce(nonce, miner(i), NOW))));
        }
        await(CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)));

        assertThat(restarted().outbox()).containsExactly(new ReceivedNonce(nonce, miner(500), NOW));
    }

    @Test
    void changesFromManyThreads_areAllKept() throws Exception {
        write(announced(round(1)));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 400; i++) {
                NonceSubmission nonce = nonce(round(1), i);
                threads.execute(() -> store.write(put(nonce)).join());
            }
        }

        assertThat(restarted().outbox()).hasSize(400);
    }

    @Test
    void closedStore_closesAgainAndRefusesWrites() {
        store.close();
        store.close();

        CompletableFuture<Void> late = store.write(announced(round(1)));

        assertThatThrownBy(() -> await(late))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StoreException.class);
    }

    private void write(StoreChange... changes) throws Exception {
        for (StoreChange change : changes) {
            await(store.write(change));
        }
    }

    private static void await(CompletableFuture<Void> write) throws Exception {
        write.get(60, TimeUnit.SECONDS);
    }

    private StoredFarm restarted() throws Exception {
        store = restart(store);
        return store.load(NOW);
    }

    private static RoundAnnounced announced(MiningInfo info) {
        return new RoundAnnounced(info, NOW);
    }

    private static StoredRound stored(MiningInfo... announcements) {
        return new StoredRound(List.of(announcements), Optional.of(NOW));
    }

    private static OutboxPut put(NonceSubmission nonce) {
        return new OutboxPut(entry(nonce));
    }

    private static ReceivedNonce entry(NonceSubmission nonce) {
        return new ReceivedNonce(nonce, miner(1), NOW);
    }

    private static VerdictGiven given(NonceSubmission nonce, Outcome outcome) {
        return new VerdictGiven(
                new Verdict(new ReceivedNonce(nonce, miner(1), NOW), outcome, nonce.rawQuality(), UpstreamMessage.NONE,
                        outcome == Outcome.REJECTED, NOW));
    }

    private static VerdictGiven confirmed(int nonce, String machine, Instant at) {
        NonceSubmission submission = nonce(round(1), nonce);
        return new VerdictGiven(
                new Verdict(new ReceivedNonce(submission, new MinerId(machine), at), Outcome.CONFIRMED, 1,
                        UpstreamMessage.NONE, false, at));
    }

    private static MinerId miner(int number) {
        return new MinerId("10.0.0." + number);
    }

    private static MiningInfo round(int number) {
        return new MiningInfo(hash(number), 1_000 + number, 100 + number, hash(100 + number));
    }

    private static NonceSubmission nonce(MiningInfo round, long nonce) {
        return NonceSubmission.builder()
                .round(round)
                .accountId(ACCOUNT)
                .seed(hash(55))
                .nonce(nonce)
                .compression(1)
                .rawQuality(1_000_000 + nonce)
                .build();
    }

    private static NonceSubmission withOutputs(NonceSubmission of) {
        return like(of, of.rawQuality(), new CoinbaseOutputs(List.of(
                new CoinbaseOutputs.Output("pocx1qexample", Long.MAX_VALUE), new CoinbaseOutputs.Output("b", 0))));
    }

    private static NonceSubmission withQuality(NonceSubmission of, long rawQuality) {
        return like(of, rawQuality, CoinbaseOutputs.NONE);
    }

    private static NonceSubmission like(NonceSubmission of, long rawQuality, CoinbaseOutputs outputs) {
        return of.toBuilder()
                .rawQuality(rawQuality)
                .coinbaseOutputs(outputs)
                .build();
    }

    private static String hash(int number) {
        return String.format("%064x", number);
    }
}
