package org.pocx.aggregator.simulator.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.RejectReason;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.chain.ValidatedNonce;
import org.pocx.aggregator.simulator.chain.ValidationResult;
import org.pocx.aggregator.simulator.node.ChainServer;
import org.pocx.aggregator.simulator.node.Dialect;
import org.pocx.aggregator.simulator.time.Sleeper;
import org.pocx.aggregator.simulator.time.Speed;

@Timeout(180)
class SimulatedFarmTest {
    private static final Duration BLOCK_TIME = Duration.ofMinutes(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final SimulatedChain chain =
            new SimulatedChain(ChainSettings.genesis(BLOCK_TIME).at(100, "test").withBaseTarget(1L << 26));
    private final ChainServer server =
            ChainServer.builder(chain).dialect(Dialect.POOL).start();
    private final List<MachineSettings> machines = FarmPlan.of(10, 4, 10, 1);
    private SimulatedFarm farm = farm(Sleeper.real());

    @AfterEach
    void close() {
        farm.close();
        server.close();
    }

    @Test
    void twentyRoundsInPoolMode_bestOfEachAccountReachesTheChain() throws InterruptedException {
        start(settings(SubmissionMode.POOL), machines);
        for (int i = 0; i < 20; i++) {
            String round = i == 0 ? mineOneRound() : mineNextRound();
            assertThat(acceptedQualities(round)).hasSize(4).isEqualTo(foundQualities(round));
        }
        assertThat(farm.log().rejected()).isEmpty();
        assertThat(farm.log().lost()).isEmpty();
        assertThat(farm.log().unexpectedReceipts()).isEmpty();
        assertThat(farm.log().receipts()).hasSameSizeAs(chain.log().entries());
    }

    @Test
    void twentyRoundsInWalletMode_bestOverallReachesTheChain() throws InterruptedException {
        start(settings(SubmissionMode.WALLET), machines);
        for (int i = 0; i < 20; i++) {
            String round = i == 0 ? mineOneRound() : mineNextRound();
            NonceSubmission best = farm.log().bestFoundPerAccount(round).values().stream()
                    .min(Comparator.comparing(NonceSubmission::rawQuality, Long::compareUnsigned))
                    .orElseThrow();
            assertThat(chain.best().map(ValidatedNonce::submission)).contains(best);
        }
    }

    @Test
    void sameSeed_findsTheSameNoncesInTheSameRound() throws InterruptedException {
        start(settings(SubmissionMode.POOL), machines);
        Map<String, Long> once = foundQualities(mineOneRound());
        farm.close();
        start(settings(SubmissionMode.POOL), machines);
        assertThat(foundQualities(mineOneRound())).isEqualTo(once);
    }

    @Test
    void twoHundredMachines_haveDifferentAddressesAndLoseNothing() throws InterruptedException {
        List<MachineSettings> many = FarmPlan.of(200, 50, 10, 1);
        assertThat(many).extracting(MachineSettings::address).doesNotHaveDuplicates();
        start(settings(SubmissionMode.POOL), many);
        for (int i = 0; i < 5; i++) {
            String round = i == 0 ? mineOneRound() : mineNextRound();
            assertThat(acceptedQualities(round)).hasSize(50).isEqualTo(foundQualities(round));
        }
        Set<InetAddress> seen = new HashSet<>();
        farm.log().receipts().forEach(entry -> seen.add(entry.machine()));
        assertThat(seen).hasSize(200);
    }

    @Test
    void resetConnection_isRetriedUntilAnswered() throws InterruptedException {
        server.faults().onSubmit().times(3).reset();
        start(settings(SubmissionMode.POOL), machines.subList(0, 1));
        String round = mineOneRound();
        assertThat(acceptedQualities(round)).isEqualTo(foundQualities(round));
        assertThat(farm.log().receipts()).anySatisfy(entry -> assertThat(entry.attempts()).isGreaterThan(1));
    }

    @Test
    void unansweredNonce_isSentAgainAfterTheTimeout() throws InterruptedException {
        server.faults().onSubmit().times(1).hang();
        start(settings(SubmissionMode.POOL).withAnswerTimeout(Duration.ofMillis(500)), machines.subList(0, 1));
        String round = mineOneRound();
        assertThat(acceptedQualities(round)).isEqualTo(foundQualities(round));
        assertThat(farm.log().receipts()).anySatisfy(entry -> assertThat(entry.attempts()).isGreaterThan(1));
    }

    @Test
    void fourFailedAttempts_loseTheNonce() throws InterruptedException {
        server.faults().onSubmit().close();
        start(settings(SubmissionMode.POOL), machines.subList(0, 1));
        mineOneRound();
        assertThat(farm.log().lost())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.attempts()).isEqualTo(4));
        assertThat(chain.log().count()).isZero();
    }

    @Test
    void failedAttempts_areRetriedAfterTheDelaysOfTheStockMiner() throws InterruptedException {
        server.faults().onSubmit().close();
        List<Duration> pauses = new CopyOnWriteArrayList<>();
        farm = farm(pause -> {
            pauses.add(pause);
            Sleeper.real().sleep(pause);
        });
        farm.add(machines.subList(0, 1));
        mineOneRound();
        assertThat(pauses).containsSubsequence(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(40));
    }

    @Test
    void fork_makesTheFarmMineTheOldRoundAgain() throws InterruptedException {
        start(settings(SubmissionMode.POOL), machines);
        String first = mineOneRound();
        int once = chain.log().accepted(first).size();
        chain.forge();
        mineOneRound();
        chain.fork(1);
        assertThat(mineOneRound()).isEqualTo(first);
        assertThat(chain.log().accepted(first)).hasSize(2 * once);
    }

    @Test
    void jsonRpcError_isNotRetried() throws InterruptedException {
        server.faults().onSubmit().error(-32006, "Rate limited");
        start(settings(SubmissionMode.POOL), machines.subList(0, 1));
        mineOneRound();
        assertThat(farm.log().rejected())
                .isNotEmpty()
                .allSatisfy(entry -> {
                    assertThat(entry.attempts()).isEqualTo(1);
                    assertThat(entry.result()).isEqualTo(new SendResult.Rejected("-32006 Rate limited"));
                });
    }

    @Test
    void httpError_isNotRetried() throws InterruptedException {
        server.faults().onSubmit().unavailable();
        start(settings(SubmissionMode.POOL), machines.subList(0, 1));
        mineOneRound();
        assertThat(farm.log().rejected())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.result()).isEqualTo(new SendResult.Rejected("HTTP 503")));
    }

    @Test
    void failedPolls_delayTheRound() throws InterruptedException {
        server.faults().onMiningInfo().times(3).error(-28, "Loading");
        start(settings(SubmissionMode.POOL), machines.subList(0, 1));
        mineOneRound();
        assertThat(farm.log().failedPolls()).isEqualTo(3);
    }

    @Test
    void claimOfZero_isRejected() throws InterruptedException {
        start(settings(SubmissionMode.POOL), List.of(machines.getFirst().withBehaviour(Behaviour.CLAIMS_ZERO)));
        String round = mineOneRound();
        assertThat(reasons()).isNotEmpty().containsOnly(RejectReason.QUALITY);
        assertThat(farm.log().bestFoundPerAccount(round)).isEmpty();
    }

    @Test
    void badPlot_isRejected() throws InterruptedException {
        start(settings(SubmissionMode.POOL), List.of(machines.getFirst().withBehaviour(Behaviour.BAD_PLOT)));
        mineOneRound();
        assertThat(reasons()).isNotEmpty().containsOnly(RejectReason.QUALITY);
    }

    @Test
    void nonceOfAPreviousRound_isRejected() throws InterruptedException {
        start(settings(SubmissionMode.POOL), List.of(machines.getFirst().withBehaviour(Behaviour.STALE_ROUNDS)));
        mineOneRound();
        assertThat(reasons()).isNotEmpty().containsOnly(RejectReason.BLOCK_HASH);
        chain.forge();
        mineOneRound();
        assertThat(reasons()).contains(RejectReason.HEIGHT).doesNotContain(RejectReason.QUALITY);
    }

    @Test
    void receiptThatDiffersFromTheClaim_isUnexpected() throws InterruptedException {
        chain.acceptFalseClaims(true);
        start(settings(SubmissionMode.POOL), List.of(machines.getFirst().withBehaviour(Behaviour.CLAIMS_ZERO)));
        mineOneRound();
        assertThat(farm.log().unexpectedReceipts()).isNotEmpty().hasSameSizeAs(farm.log().receipts());
    }

    @Test
    void removedMachine_sendsNothing() throws InterruptedException {
        start(settings(SubmissionMode.POOL), machines.subList(0, 2));
        mineOneRound();
        farm.remove(machines.getFirst().address());
        chain.forge();
        String round = mineOneRound();
        assertThat(farm.size()).isEqualTo(1);
        assertThat(acceptedQualities(round)).containsOnlyKeys(accountOf(machines.get(1)));
    }

    @Test
    void credentials_areReadAgainAfter401() throws InterruptedException {
        try (ChainServer protectedServer = ChainServer.builder(chain)
                .authorization("Bearer new")
                .sleeper(pause -> {})
                .start()) {
            List<String> tokens = new CopyOnWriteArrayList<>(List.of("Bearer old", "Bearer new"));
            FarmSettings settings = settings(SubmissionMode.POOL)
                    .withAuthorization(() -> tokens.size() > 1 ? tokens.removeFirst() : tokens.getFirst());
            farm = SimulatedFarm.start(settings, protectedServer.uri(), machines.subList(0, 1));
            mineOneRound();
            assertThat(farm.log().receipts()).isNotEmpty();
            assertThat(farm.log().failedPolls()).isZero();
        }
    }

    @Test
    void secondMachineWithAnAddress_throws() {
        start(settings(SubmissionMode.POOL), machines);
        assertThatIllegalArgumentException().isThrownBy(() -> farm.add(machines.subList(0, 1)));
    }

    @Test
    void closedFarm_isEmptyAndAcceptsNoMachines() {
        start(settings(SubmissionMode.POOL), machines);
        farm.close();
        farm.close();
        assertThat(farm.size()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> farm.add(machines));
    }

    /** The stock miner at 300 times the speed; the answer timeout stays in real time. */
    private static FarmSettings settings(SubmissionMode mode) {
        return FarmSettings.stockMiner(mode, BLOCK_TIME).withSpeed(new Speed(300));
    }

    private SimulatedFarm farm(Sleeper sleeper) {
        return new SimulatedFarm(settings(SubmissionMode.POOL), server.uri(), sleeper);
    }

    private void start(FarmSettings settings, List<MachineSettings> which) {
        farm = SimulatedFarm.start(settings, server.uri(), which);
    }

    private String mineOneRound() throws InterruptedException {
        String round = chain.tip().blockHash();
        assertThat(farm.awaitIdle(round, TIMEOUT)).isTrue();
        return round;
    }

    private String mineNextRound() throws InterruptedException {
        chain.forge();
        return mineOneRound();
    }

    private Map<String, Long> acceptedQualities(String round) {
        Map<String, Long> qualities = new TreeMap<>();
        for (ValidatedNonce nonce : chain.log().accepted(round)) {
            qualities.merge(
                    nonce.submission().accountId(),
                    nonce.submission().rawQuality(),
                    (a, b) -> Long.compareUnsigned(a, b) <= 0 ? a : b);
        }
        return qualities;
    }

    private Map<String, Long> foundQualities(String round) {
        Map<String, Long> qualities = new TreeMap<>();
        Map<String, NonceSubmission> found = farm.log().bestFoundPerAccount(round);
        found.forEach((account, nonce) -> qualities.put(account, nonce.rawQuality()));
        return qualities;
    }

    private List<RejectReason> reasons() {
        return chain.log().entries().stream()
                .map(entry -> ((ValidationResult.Rejected) entry.result()).reason())
                .toList();
    }

    private static String accountOf(MachineSettings machine) {
        return machine.plots().getFirst().accountId();
    }
}
