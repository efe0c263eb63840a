package org.pocx.aggregator.simulator.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.time.Duration;
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
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.ClaimPolicy;
import org.pocx.aggregator.simulator.chain.Judgement;
import org.pocx.aggregator.simulator.chain.LedgerEntry;
import org.pocx.aggregator.simulator.chain.Refusal;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.node.ChainServer;
import org.pocx.aggregator.simulator.node.Dialect;
import org.pocx.aggregator.simulator.node.ServerAuth;
import org.pocx.aggregator.simulator.time.Sleeper;
import org.pocx.aggregator.simulator.time.Speed;

@Timeout(180)
class SimulatedFarmTest {
    private static final Duration BLOCK_TIME = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
        assertThat(farm.ledger().dropped()).isEmpty();
        assertThat(farm.ledger().lost()).isEmpty();
        assertThat(farm.ledger().oddReceipts()).isEmpty();
        assertThat(farm.ledger().receipts()).hasSameSizeAs(chain.ledger().entries());
    }

    @Test
    void twentyRoundsInWalletMode_bestOverallReachesTheChain() throws InterruptedException {
        start(settings(SubmissionMode.WALLET), machines);
        for (int i = 0; i < 20; i++) {
            String round = i == 0 ? mineOneRound() : mineNextRound();
            assertThat(chain.ledger().best(round).map(LedgerEntry::submission))
                    .isPresent()
                    .isEqualTo(farm.ledger().bestFound(round));
        }
    }

    @Test
    void sameSeed_findsTheSameInTheSameRound() throws InterruptedException {
        start(settings(SubmissionMode.POOL), machines);
        Map<String, Long> once = foundQualities(mineOneRound());
        farm.close();
        start(settings(SubmissionMode.POOL), machines);
        assertThat(foundQualities(mineOneRound())).isEqualTo(once);
    }

    @Test
    void twoHundredMachines_haveAnAddressEachAndLoseNothing() throws InterruptedException {
        List<MachineSettings> many = FarmPlan.of(200, 50, 10, 1);
        assertThat(many).extracting(MachineSettings::address).doesNotHaveDuplicates();
        start(settings(SubmissionMode.POOL), many);
        for (int i = 0; i < 5; i++) {
            String round = i == 0 ? mineOneRound() : mineNextRound();
            assertThat(acceptedQualities(round)).hasSize(50).isEqualTo(foundQualities(round));
        }
        Set<InetAddress> seen = new HashSet<>();
        farm.ledger().receipts().forEach(entry -> seen.add(entry.machine()));
        assertThat(seen).hasSize(200);
    }

    @Test
    void resetConnection_isSentAgainUntilItIsAnswered() throws InterruptedException {
        server.faults().onSubmit().times(3).reset();
        start(settings(SubmissionMode.POOL), machines.subList(0, 1));
        String round = mineOneRound();
        assertThat(acceptedQualities(round)).isEqualTo(foundQualities(round));
        assertThat(farm.ledger().receipts()).anySatisfy(entry -> assertThat(entry.attempts()).isGreaterThan(1));
    }

    @Test
    void silentServer_isGivenUpAndSentAgain() throws InterruptedException {
        server.faults().onSubmit().times(1).hang();
        start(settings(SubmissionMode.POOL).withAnswerTimeout(Duration.ofMillis(500)), machines.subList(0, 1));
        String round = mineOneRound();
        assertThat(acceptedQualities(round)).isEqualTo(foundQualities(round));
        assertThat(farm.ledger().receipts()).anySatisfy(entry -> assertThat(entry.attempts()).isGreaterThan(1));
    }

    @Test
    void connectionThatFailsFourTimes_losesTheNonce() throws InterruptedException {
        server.faults().onSubmit().close();
        start(settings(SubmissionMode.POOL), machines.subList(0, 1));
        mineOneRound();
        assertThat(farm.ledger().lost())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.attempts()).isEqualTo(4));
        assertThat(chain.ledger().count()).isZero();
    }

    @Test
    void failedTransport_isTriedAgainAfterTheStockMinersDelays() throws InterruptedException {
        server.faults().onSubmit().close();
        List<Duration> pauses = new CopyOnWriteArrayList<>();
        farm = farm(pause -> {
            pauses.add(pause);
            Sleeper.real().sleep(pause);
        });
        farm.join(machines.subList(0, 1));
        mineOneRound();
        assertThat(pauses).containsSubsequence(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(40));
    }

    @Test
    void fork_makesTheFarmMineTheOldRoundAgain() throws InterruptedException {
        start(settings(SubmissionMode.POOL), machines);
        String first = mineOneRound();
        int once = chain.ledger().accepted(first).size();
        chain.forge();
        mineOneRound();
        chain.fork(1);
        assertThat(mineOneRound()).isEqualTo(first);
        assertThat(chain.ledger().accepted(first)).hasSize(2 * once);
    }

    @Test
    void answeredError_losesTheNonceAtOnce() throws InterruptedException {
        server.faults().onSubmit().error(-32006, "Rate limited");
        start(settings(SubmissionMode.POOL), machines.subList(0, 1));
        mineOneRound();
        assertThat(farm.ledger().dropped())
                .isNotEmpty()
                .allSatisfy(entry -> {
                    assertThat(entry.attempts()).isEqualTo(1);
                    assertThat(entry.fate()).isEqualTo(new SubmissionFate.Dropped("-32006 Rate limited"));
                });
    }

    @Test
    void httpError_losesTheNonceAtOnce() throws InterruptedException {
        server.faults().onSubmit().unavailable();
        start(settings(SubmissionMode.POOL), machines.subList(0, 1));
        mineOneRound();
        assertThat(farm.ledger().dropped())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.fate()).isEqualTo(new SubmissionFate.Dropped("HTTP 503")));
    }

    @Test
    void failedPolls_onlyDelayTheRound() throws InterruptedException {
        server.faults().onMiningInfo().times(3).error(-28, "Loading");
        start(settings(SubmissionMode.POOL), machines.subList(0, 1));
        mineOneRound();
        assertThat(farm.ledger().failedPolls()).isEqualTo(3);
    }

    @Test
    void machineThatClaimsZero_isFoundOut() throws InterruptedException {
        start(settings(SubmissionMode.POOL), List.of(machines.getFirst().withBehaviour(Behaviour.CLAIMS_ZERO)));
        String round = mineOneRound();
        assertThat(refusals()).isNotEmpty().containsOnly(Refusal.VALIDATION);
        assertThat(farm.ledger().bestFoundPerAccount(round)).isEmpty();
    }

    @Test
    void rottenPlot_isFoundOut() throws InterruptedException {
        start(settings(SubmissionMode.POOL), List.of(machines.getFirst().withBehaviour(Behaviour.BAD_PLOT)));
        mineOneRound();
        assertThat(refusals()).isNotEmpty().containsOnly(Refusal.VALIDATION);
    }

    @Test
    void machineThatMinesStaleRounds_isRefused() throws InterruptedException {
        start(settings(SubmissionMode.POOL), List.of(machines.getFirst().withBehaviour(Behaviour.STALE_ROUNDS)));
        mineOneRound();
        assertThat(refusals()).isNotEmpty().containsOnly(Refusal.BLOCK_HASH);
        chain.forge();
        mineOneRound();
        assertThat(refusals()).contains(Refusal.HEIGHT).doesNotContain(Refusal.VALIDATION);
    }

    @Test
    void answerThatDiffersFromTheClaim_isNoticed() throws InterruptedException {
        chain.onFalseClaim(ClaimPolicy.ACCEPT_AT_TRUE_QUALITY);
        start(settings(SubmissionMode.POOL), List.of(machines.getFirst().withBehaviour(Behaviour.CLAIMS_ZERO)));
        mineOneRound();
        assertThat(farm.ledger().oddReceipts()).isNotEmpty().hasSameSizeAs(farm.ledger().receipts());
    }

    @Test
    void machineThatLeaves_sendsNothingMore() throws InterruptedException {
        start(settings(SubmissionMode.POOL), machines.subList(0, 2));
        mineOneRound();
        farm.leave(machines.getFirst().address());
        chain.forge();
        String round = mineOneRound();
        assertThat(farm.size()).isEqualTo(1);
        assertThat(acceptedQualities(round)).containsOnlyKeys(accountOf(machines.get(1)));
    }

    @Test
    void freshCredentials_areReadAfterARefusal() throws InterruptedException {
        try (ChainServer guarded = ChainServer.builder(chain)
                .auth(new ServerAuth.Bearer("new"))
                .sleeper(pause -> {})
                .start()) {
            List<String> tokens = new CopyOnWriteArrayList<>(List.of("Bearer old", "Bearer new"));
            FarmSettings settings = settings(SubmissionMode.POOL)
                    .withAuthorization(() -> tokens.size() > 1 ? tokens.removeFirst() : tokens.getFirst());
            farm = SimulatedFarm.start(settings, guarded.uri(), machines.subList(0, 1));
            mineOneRound();
            assertThat(farm.ledger().receipts()).isNotEmpty();
            assertThat(farm.ledger().failedPolls()).isZero();
        }
    }

    @Test
    void secondMachineAtAnAddress_isRefused() {
        start(settings(SubmissionMode.POOL), machines);
        assertThatIllegalArgumentException().isThrownBy(() -> farm.join(machines.subList(0, 1)));
    }

    @Test
    void closedFarm_isEmptyAndTakesNoMachines() {
        start(settings(SubmissionMode.POOL), machines);
        farm.close();
        farm.close();
        assertThat(farm.size()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> farm.join(machines));
    }

    /** Fast, and with the patience of the stock miner for an answer. */
    private static FarmSettings settings(SubmissionMode mode) {
        return FarmSettings.stockMiner(mode, BLOCK_TIME).withSpeed(new Speed(300));
    }

    private SimulatedFarm farm(Sleeper sleeper) {
        return new SimulatedFarm(settings(SubmissionMode.POOL), server.uri(), sleeper, WallClock.system());
    }

    private void start(FarmSettings settings, List<MachineSettings> which) {
        farm = SimulatedFarm.start(settings, server.uri(), which);
    }

    private String mineOneRound() throws InterruptedException {
        String round = chain.tip().blockHash();
        assertThat(farm.awaitQuiescent(round, PATIENCE)).isTrue();
        return round;
    }

    private String mineNextRound() throws InterruptedException {
        chain.forge();
        return mineOneRound();
    }

    private Map<String, Long> acceptedQualities(String round) {
        Map<String, Long> qualities = new TreeMap<>();
        chain.ledger().bestPerAccount(round)
                .forEach((account, entry) -> qualities.put(account, entry.submission().rawQuality()));
        return qualities;
    }

    private Map<String, Long> foundQualities(String round) {
        Map<String, Long> qualities = new TreeMap<>();
        Map<String, NonceSubmission> found = farm.ledger().bestFoundPerAccount(round);
        found.forEach((account, nonce) -> qualities.put(account, nonce.rawQuality()));
        return qualities;
    }

    private List<Refusal> refusals() {
        return chain.ledger().entries().stream()
                .map(entry -> ((Judgement.Refused) entry.judgement()).why())
                .toList();
    }

    private static String accountOf(MachineSettings machine) {
        return machine.plots().getFirst().accountId();
    }
}
