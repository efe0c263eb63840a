package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.ForgedBlock;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.chain.ValidatedNonce;
import org.pocx.aggregator.simulator.farm.FarmPlan;
import org.pocx.aggregator.simulator.farm.FarmSettings;
import org.pocx.aggregator.simulator.farm.SimulatedFarm;
import org.pocx.aggregator.simulator.node.ChainServer;
import org.pocx.aggregator.simulator.node.Dialect;
import org.pocx.aggregator.simulator.time.Speed;

/**
 * A farm of 20 machines in front of a node that forgets what it accepted: it restarts, its wallet is locked when the block is to
 * be signed, the chain reorganises. Every block that the farm's best nonces should have made is made.
 */
class ForgetfulNodeIT {
    private static final Duration BLOCK_TIME = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int ROUNDS = Boolean.getBoolean("pocx.heavy") ? 30 : 6;

    private enum Fault {
        NONE,
        NODE_RESTARTS,
        WALLET_IS_LOCKED,
        REORGANISATION_OF_ONE,
        REORGANISATION_OF_TWO,
        AGGREGATOR_IS_KILLED_AND_NODE_RESTARTS
    }

    @TempDir private Path folder;

    private final SimulatedChain chain =
            new SimulatedChain(ChainSettings.genesis(BLOCK_TIME).at(100, "it").withBaseTarget(1L << 33));
    private final Random random = new Random(7);
    private int port;
    private ChainServer node;
    private ChildProgram program;

    @Test
    void everyBlockThatIsDue_isMade() throws Exception {
        port = ChildProgram.freePort();
        List<String> log = new ArrayList<>();
        int made = 0;
        try (ChainServer server = ChainServer.builder(chain).dialect(Dialect.NODE).start()) {
            node = server;
            program = ChildProgram.serving(folder, port, config());
            try (SimulatedFarm farm = SimulatedFarm.start(
                    FarmSettings.stockMiner(SubmissionMode.WALLET, BLOCK_TIME).withSpeed(new Speed(20)),
                    program.uri(),
                    FarmPlan.of(20, 4, 10, 7))) {
                for (int i = 0; i < ROUNDS; i++) {
                    Fault fault = Fault.values()[(i + 1) % Fault.values().length];
                    NonceSubmission due = awaitBest(farm);
                    suffer(fault, farm);
                    NonceSubmission best = awaitBest(farm);
                    ForgedBlock block = chain.forgeIfUnlocked().orElseThrow();
                    boolean isMade = block.winner()
                            .map(winner -> winner.submission().equals(best))
                            .orElse(false);
                    made += isMade ? 1 : 0;
                    log.add(fault + ": due " + due.rawQuality() + ", made " + isMade);
                }
            } finally {
                program.close();
            }
        }
        log.addFirst(
                ROUNDS + " rounds, " + resends() + " nonces sent again, " + ROUNDS + " blocks due, " + made + " made");
        Files.write(Path.of("target", "forgetful.txt"), log);
        assertThat(made).as("blocks made: %s", log).isEqualTo(ROUNDS);
    }

    /** How many nonces the node was sent more than once. */
    private int resends() {
        List<NonceSubmission> all =
                chain.log().entries().stream().map(ValidatedNonce::submission).toList();
        return all.size() - Set.copyOf(all).size();
    }

    /** Waits until the node has the farm's best nonce of this round, and returns it. */
    private NonceSubmission awaitBest(SimulatedFarm farm) throws InterruptedException {
        String round = chain.tip().blockHash();
        assertThat(farm.awaitIdle(round, PATIENCE)).isTrue();
        NonceSubmission best = farm.log().bestFoundPerAccount(round).values().stream()
                .min(Comparator.comparing(NonceSubmission::rawQuality, Long::compareUnsigned))
                .orElseThrow();
        Await.until("the node has the best nonce of height " + chain.tip().height(), () -> chain.best()
                .map(nonce -> nonce.submission().equals(best))
                .orElse(false));
        return best;
    }

    private void suffer(Fault fault, SimulatedFarm farm) throws Exception {
        switch (fault) {
            case NONE -> {}
            case NODE_RESTARTS -> restartNode();
            case WALLET_IS_LOCKED -> {
                chain.lockWallet(true);
                Optional<ForgedBlock> unsigned = chain.forgeIfUnlocked();
                assertThat(unsigned).as("a locked wallet signs nothing").isEmpty();
                chain.lockWallet(false);
            }
            case REORGANISATION_OF_ONE -> reorganise(farm, 1);
            case REORGANISATION_OF_TWO -> reorganise(farm, 2);
            case AGGREGATOR_IS_KILLED_AND_NODE_RESTARTS -> {
                program.kill();
                restartNode();
                program = ChildProgram.serving(folder, port, config());
            }
        }
    }

    /** The chain goes on, and comes back to where it was. */
    private void reorganise(SimulatedFarm farm, int depth) throws InterruptedException {
        for (int i = 0; i < depth; i++) {
            chain.forge();
            if (random.nextBoolean()) {
                awaitBest(farm);
            }
        }
        String away = chain.tip().blockHash();
        Await.until("the aggregator mines the other block", () -> program.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get_mining_info\"}").body().contains(away));
        chain.fork(depth);
    }

    private void restartNode() {
        node.stop();
        chain.clearBest();
        Await.until("the aggregator has noticed", () -> program.isRunning()
                ? program.get("/ready").statusCode() == 503
                : true);
        node.start();
    }

    private String config() throws IOException {
        return """
                listen_address: "127.0.0.1:%d"
                block_time_secs: %d
                upstream:
                  name: node
                  url: "%s"
                  submission_mode: wallet
                cache:
                  poll_interval_ms: 50
                database:
                  path: "farm.db"
                logging:
                  level: info
                """
                .formatted(port, BLOCK_TIME.toSeconds(), node.uri());
    }
}
