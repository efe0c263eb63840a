package org.pocx.aggregator.statistics.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.BlockChange;
import org.pocx.aggregator.statistics.history.BlockMemory;
import org.pocx.aggregator.statistics.history.BlockState;
import org.pocx.aggregator.statistics.history.DetectorState;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryChange.BestRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.BestWithdrawn;
import org.pocx.aggregator.statistics.history.HistoryChange.BlocksRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.DetectorRecorded;
import org.pocx.aggregator.statistics.history.HistoryStore;
import org.pocx.aggregator.statistics.history.LuckRecord;
import org.pocx.aggregator.statistics.history.LuckSubject;
import org.pocx.aggregator.statistics.history.RoundSignature;
import org.pocx.aggregator.statistics.history.WonBlock;

/**
 * The contract of a {@link HistoryStore} that is also a {@link SubmissionStore}: extend this class for each
 * implementation.
 *
 * @param <S> the store
 */
public abstract class HistoryStoreContract<S extends SubmissionStore & HistoryStore> {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ACCOUNT = "a".repeat(40);
    private static final String OTHER_ACCOUNT = "b".repeat(40);
    private static final long HUGE = Long.MIN_VALUE + 1_000_001;
    private static final long HIGHEST = -1L;
    private static final long EVERYTHING = Long.MAX_VALUE;

    private S store;

    /** Opens a store that is new and empty. */
    protected abstract S open() throws Exception;

    /**
     * Simulates a restart: closes the store and opens it again. A store in memory returns the given one without closing
     * it.
     */
    protected abstract S restart(S store) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void newStore_hasNoHistory() {
        assertThat(history(EVERYTHING)).isEmpty();
    }

    @Test
    void verdicts_areReadTheNewestFirst_andSoManyAtMost() throws Exception {
        for (int i = 1; i <= 4; i++) {
            NonceSubmission nonce = Nonces.nonce(Nonces.round(1), 1, i, 100);
            await(store.write(new StoreChange.VerdictGiven(
                    new Verdict(new ReceivedNonce(nonce, new MinerId("10.0.0.1"), NOW), Verdict.Outcome.CONFIRMED, 100,
                            UpstreamMessage.NONE, false, NOW))));
        }

        store = restart(store);
        List<Verdict> read = new ArrayList<>();
        store.readVerdicts(3, read::add);
        assertThat(read).extracting(verdict -> verdict.submission().nonce()).containsExactly(4L, 3L, 2L);
    }

    @Test
    void best_isReadAsRecorded() throws Exception {
        BestNonce best = best(ACCOUNT, 100, 4_711);
        write(new BestRecorded(best));

        assertThat(restartedHistory(EVERYTHING)).containsExactly(best);
    }

    @Test
    void bestsWithUnsignedFields_areReadExactly() throws Exception {
        List<BestNonce> bests = List.of(
                best(ACCOUNT, 1, HIGHEST),
                best(ACCOUNT, 2, HUGE),
                best(ACCOUNT, 3, Long.MIN_VALUE),
                best(ACCOUNT, 4, Long.MAX_VALUE),
                best(ACCOUNT, 5, 0));
        for (BestNonce best : bests) {
            write(new BestRecorded(best));
        }

        assertThat(restartedHistory(EVERYTHING)).containsExactlyInAnyOrderElementsOf(bests);
    }

    @Test
    void bestRecordedAgain_replacesTheRow() throws Exception {
        write(new BestRecorded(best(ACCOUNT, 100, HIGHEST)), new BestRecorded(best(ACCOUNT, 100, 7)));
        write(new BestRecorded(best(OTHER_ACCOUNT, 100, 8)), new BestRecorded(best(OTHER_ACCOUNT, 100, HUGE)));

        assertThat(restartedHistory(EVERYTHING))
                .containsExactlyInAnyOrder(best(ACCOUNT, 100, 7), best(OTHER_ACCOUNT, 100, HUGE));
    }

    @Test
    void withdrawnBest_isRemovedFromTheHistory() throws Exception {
        write(new BestRecorded(best(ACCOUNT, 100, 1)), new BestRecorded(best(ACCOUNT, 101, HIGHEST)));
        write(new BestRecorded(best(OTHER_ACCOUNT, 100, 3)));
        write(new BestWithdrawn(ACCOUNT, "10.0.0.1", 100), new BestWithdrawn(ACCOUNT, "10.0.0.1", 101));
        write(new BestWithdrawn(ACCOUNT, "10.0.0.1", 102));

        assertThat(restartedHistory(EVERYTHING)).containsExactly(best(OTHER_ACCOUNT, 100, 3));
    }

    @Test
    void history_isReadForTheLastBlocksOnly() throws Exception {
        for (int height = 90; height <= 100; height++) {
            write(new BestRecorded(best(height % 2 == 0 ? ACCOUNT : OTHER_ACCOUNT, height, height)));
        }

        assertThat(restartedHistory(3)).extracting(BestNonce::height).containsExactlyInAnyOrder(98L, 99L, 100L);
    }

    @Test
    void heightsAreUnsigned_whenTheLastBlocksAreRead() throws Exception {
        write(new BestRecorded(best(ACCOUNT, Long.MAX_VALUE, 1)), new BestRecorded(best(ACCOUNT, Long.MIN_VALUE, 2)));
        write(new BestRecorded(best(ACCOUNT, 5, 3)));

        assertThat(restartedHistory(2))
                .extracting(BestNonce::height)
                .containsExactlyInAnyOrder(Long.MAX_VALUE, Long.MIN_VALUE);
    }

    // ---- blocks

    @Test
    void newStore_knowsNoBlocks() {
        assertThat(store.readBlocks()).isEqualTo(BlockMemory.EMPTY);
    }

    @Test
    void blocks_areReadAsRecorded() throws Exception {
        BlockState state = new BlockState(
                List.of(
                        new RoundSignature(HIGHEST, Nonces.hash(1), HUGE, NOW),
                        new RoundSignature(100, Nonces.hash(3), 5, NOW.plusSeconds(1)),
                        new RoundSignature(100, Nonces.hash(2), 5, NOW)),
                HUGE,
                77);
        LuckRecord farm = luck(LuckSubject.FARM, 1.25, 3);
        LuckRecord machine = luck(LuckSubject.machine("10.0.0.1/„rig“"), 0.1, 0);
        write(blocks(List.of(), List.of(machine, farm), state));
        write(blocks(List.of(win(99, false), win(HUGE, false)), List.of(), state));

        store = restart(store);

        assertThat(store.readBlocks().state()).isEqualTo(state);
        assertThat(store.readBlocks().luck()).containsExactly(machine, farm);
        assertThat(store.readBlocks().lastWins()).containsExactlyInAnyOrder(win(99, false), win(HUGE, false));
    }

    @Test
    void blocksRecordedAgain_replaceWhatWasKnown() throws Exception {
        LuckRecord account = luck(LuckSubject.account(ACCOUNT), 1, 1);
        LuckRecord machine = luck(LuckSubject.machine("10.0.0.1"), 1, 1);
        write(blocks(List.of(win(99, false)), List.of(account, machine), new BlockState(signatures(3), 100, 1)));
        LuckRecord changed = luck(LuckSubject.account(ACCOUNT), 2, 0);
        write(blocks(List.of(win(99, true)), List.of(changed), new BlockState(signatures(1), 101, 2)));

        store = restart(store);

        assertThat(store.readBlocks())
                .isEqualTo(new BlockMemory(
                        new BlockState(signatures(1), 101, 2), List.of(win(99, true)), List.of(machine, changed)));
    }

    @Test
    void changeWithoutAState_leavesIt_andForgottenSubjectsAreRemoved() throws Exception {
        LuckRecord machine = luck(LuckSubject.machine("10.0.0.1"), 1, 1);
        BlockState state = new BlockState(signatures(2), 100, 1);
        write(blocks(List.of(), List.of(machine, luck(LuckSubject.FARM, 1, 1)), state));
        write(new BlocksRecorded(BlockChange.ofLuck(luck(LuckSubject.FARM, 5, 6))));
        write(new BlocksRecorded(new BlockChange(
                List.of(), List.of(), List.of(), List.of(), List.of(machine.subject()), Optional.empty())));

        store = restart(store);

        assertThat(store.readBlocks())
                .isEqualTo(new BlockMemory(state, List.of(), List.of(luck(LuckSubject.FARM, 5, 6))));
    }

    private static WonBlock win(long height, boolean orphaned) {
        return new WonBlock(
                height,
                Nonces.hash((int) height),
                NOW,
                ACCOUNT,
                height == 99 ? Optional.empty() : Optional.of(new WonBlock.Finder("10.0.0.1", HUGE, HIGHEST)),
                orphaned);
    }

    private static LuckRecord luck(LuckSubject subject, double expected, long won) {
        return new LuckRecord(
                subject,
                expected,
                won,
                List.of(new LuckRecord.Period(492_000, 0.25, 0), new LuckRecord.Period(492_167, 1.5, 2)));
    }

    private static List<RoundSignature> signatures(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new RoundSignature(100 + i, Nonces.hash(i), 5, NOW))
                .toList();
    }

    private static HistoryChange blocks(List<WonBlock> wins, List<LuckRecord> luck, BlockState state) {
        return new BlocksRecorded(
                new BlockChange(wins, List.of(), List.of(), luck, List.of(), Optional.of(state)));
    }

    @Test
    void statesOfDetectors_areReadAsRecorded_theLastOfEachSubject() throws Exception {
        DetectorState first = new DetectorState("capacity", "10.0.0.1", NOW, "v=1 half=2.5");
        DetectorState second = new DetectorState("capacity", "10.0.0.2/rig ü", NOW, "x".repeat(DetectorState.MAX_TEXT));
        DetectorState other = new DetectorState("overlap", "10.0.0.1\n10.0.0.2", NOW, "");
        write(new DetectorRecorded(first), new DetectorRecorded(second), new DetectorRecorded(other));
        DetectorState later = new DetectorState("capacity", "10.0.0.1", NOW.plusSeconds(1), "v=1 half=3.5");
        write(new DetectorRecorded(later));

        store = restart(store);
        List<DetectorState> read = new ArrayList<>();
        store.readDetectors(read::add);
        assertThat(read).containsExactlyInAnyOrder(later, second, other);
    }

    @Test
    void closedStore_refusesWrites() {
        store.close();

        CompletableFuture<Void> late = store.write(new BestRecorded(best(ACCOUNT, 100, 1)));

        assertThatThrownBy(() -> await(late))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StoreException.class);
    }

    private void write(HistoryChange... changes) throws Exception {
        for (HistoryChange change : changes) {
            await(store.write(change));
        }
    }

    private static void await(CompletableFuture<Void> write) throws Exception {
        write.get(60, TimeUnit.SECONDS);
    }

    private List<BestNonce> restartedHistory(long blocks) throws Exception {
        store = restart(store);
        return history(blocks);
    }

    private List<BestNonce> history(long blocks) {
        List<BestNonce> rows = new ArrayList<>();
        store.readHistory(blocks, rows::add);
        return rows;
    }

    private static BestNonce best(String account, long height, long rawQuality) {
        return new BestNonce(account, "10.0.0.1", height, rawQuality, NOW);
    }
}
