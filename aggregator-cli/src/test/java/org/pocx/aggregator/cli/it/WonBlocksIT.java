package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.QualityFunction;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.chain.Tip;
import org.pocx.aggregator.simulator.node.ChainServer;
import org.pocx.aggregator.simulator.node.Dialect;

/** The packaged program finds the blocks that its farm wins, on a chain that signs as a node does. */
class WonBlocksIT {
    private static final String OURS = "11".repeat(20);
    private static final String OTHERS = "99".repeat(20);
    private static final String SEED = "ab".repeat(32);

    /** Its poc_time is 0 s, which fits each round of the test. */
    private static final long GOOD = 1_000;

    /** Its poc_time is about 20 minutes, which fits none. */
    private static final long POOR = 1L << 50;

    @TempDir private Path folder;

    private final SimulatedChain chain =
            new SimulatedChain(ChainSettings.genesis(Duration.ofMinutes(2)).at(100, "it").withBaseTarget(1L << 33));
    private final ChainServer node = ChainServer.builder(chain).dialect(Dialect.POOL).start();
    private final List<JsonNode> alerts = new CopyOnWriteArrayList<>();
    private HttpServer webhook;
    private int port;
    private int dashboardPort;
    private ChildProgram program;

    @BeforeEach
    void start() throws IOException {
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", exchange -> {
            alerts.add(ChildProgram.json(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        webhook.start();
        port = ChildProgram.freePort();
        dashboardPort = ChildProgram.freePort();
        program = ChildProgram.serving(folder, port, config());
        program.awaitReady();
    }

    @AfterEach
    void close() {
        program.close();
        node.close();
        webhook.stop(0);
    }

    private String config() {
        return """
                listen_address: "127.0.0.1:%d"
                block_time_secs: 120
                upstream:
                  name: pool
                  url: "%s"
                  submission_mode: pool
                cache:
                  poll_interval_ms: 50
                database:
                  path: "farm.db"
                dashboard:
                  enabled: true
                  listen_address: "127.0.0.1:%d"
                alerts:
                  webhook: "http://127.0.0.1:%d/"
                logging:
                  level: info
                """
                .formatted(port, node.uri(), dashboardPort, webhook.getAddress().getPort());
    }

    /** Submits a nonce for the current round, and waits until it is confirmed. */
    private void mine(long rawQuality) {
        Tip tip = chain.tip();
        awaitRound(tip);
        long nonce = QualityFunction.of(tip.generationSignature(), OURS, SEED, 1).nonceOf(rawQuality);
        program.post(
                """
                        {"jsonrpc":"2.0","method":"submit_nonce","id":1,"params":{"block_hash":"%s","height":%d,\
                        "generation_signature":"%s","base_target":%d,"account_id":"%s","seed":"%s","nonce":%s,\
                        "compression":1,"raw_quality":%d}}"""
                        .formatted(
                                tip.blockHash(),
                                tip.height(),
                                tip.generationSignature(),
                                tip.baseTarget(),
                                OURS,
                                SEED,
                                Long.toUnsignedString(nonce),
                                rawQuality));
        Await.until("the nonce of height " + tip.height() + " is confirmed", () -> {
            JsonNode best = program.stats().get("currentBlockBest");
            return best.path("height").asLong() == tip.height() && best.path("fate").asText().equals("confirmed");
        });
    }

    private void awaitRound(Tip tip) {
        Await.until("height " + tip.height() + " is mined", () -> program.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get_mining_info\"}").body().contains(tip.blockHash()));
    }

    private JsonNode blocks() {
        return ChildProgram.json(dashboard("/api/blocks"));
    }

    private String dashboard(String path) {
        return program.get("http://127.0.0.1:" + dashboardPort + path).body();
    }

    private void awaitBlocks(int count) {
        Await.until(count + " blocks are won", () -> blocks().get("blocks").size() == count);
    }

    /**
     * Wins blocks until the machine of one is named, and returns how many: on a busy computer a round may last longer than
     * the nonce explains.
     */
    private int winWithTheMachineNamed() {
        for (int won = 1;; won++) {
            mine(GOOD);
            chain.forge();
            awaitBlocks(won);
            if (!blocks().at("/blocks/0/machineId").isNull()) {
                return won;
            }
        }
    }

    @Test
    void blockOfTheFarm_isReportedEverywhere_andKeptOverAKill() throws Exception {
        int won = winWithTheMachineNamed();
        JsonNode ours = blocks().at("/blocks/0");
        mine(POOR);
        chain.forge();
        awaitBlocks(won + 1);
        JsonNode elsewhere = blocks().at("/blocks/0");
        mine(GOOD);
        chain.forgeBy(OTHERS);
        awaitRound(chain.tip());
        int all = won + 1;

        assertThat(ours.get("height").asLong()).isEqualTo(99 + won);
        assertThat(ours.get("accountId").asText()).isEqualTo(OURS);
        assertThat(ours.get("machineId").asText()).isEqualTo("127.0.0.1");
        assertThat(ours.get("pocTime").asLong()).isZero();
        assertThat(ours.get("orphaned").asBoolean()).isFalse();
        assertThat(elsewhere.get("height").asLong()).isEqualTo(100 + won);
        assertThat(elsewhere.get("machineId").isNull()).isTrue();
        String line = "Block won: height %d, account " + OURS + ", ";
        Await.until("the last win is in the log", () -> program.output()
                .contains(line.formatted(100 + won) + "won with another machine or elsewhere"));
        assertThat(program.output()).contains(line.formatted(99 + won) + "machine 127.0.0.1, poc_time 0 s");
        assertThat(dashboard("/metrics")).contains("pocx_blocks_won_total " + all + ".0");
        assertThat(dashboard("/api/events?kind=block_won")).contains("won with another machine or elsewhere");
        Await.until("all alerts are sent", () -> alerts.stream()
                .filter(alert -> alert.get("event").asText().equals("block_won"))
                .count() == all);

        Await.until("wins are expected", () -> blocks().at("/luck/all/expected").asDouble() > 0);
        program.kill();
        program = ChildProgram.serving(folder, port, config());

        assertThat(blocks().get("blocks")).hasSize(all);
        assertThat(blocks().at("/luck/all/won").asLong()).isEqualTo(all);
        assertThat(blocks().at("/luck/day/won").asLong()).isEqualTo(all);
        assertThat(blocks().at("/luck/all/expected").asDouble()).isPositive();
    }

    @Test
    void blockThatIsWonWhileTheProgramIsDown_isFound() throws Exception {
        mine(GOOD);
        program.kill();
        chain.forge();
        program = ChildProgram.serving(folder, port, config());

        awaitBlocks(1);
        assertThat(blocks().at("/blocks/0/height").asLong()).isEqualTo(100);
        assertThat(blocks().get("unseenBlocks").asLong()).isZero();
    }

    @Test
    void fork_takesTheWinBack() {
        mine(GOOD);
        chain.forge();
        awaitBlocks(1);
        chain.fork(1);
        awaitRound(chain.tip());
        awaitRound(chain.forgeBy(OTHERS).next());
        awaitRound(chain.forgeBy(OTHERS).next());
        awaitRound(chain.forgeBy(OTHERS).next());

        Await.until("it is orphaned", () -> blocks().at("/blocks/0/orphaned").asBoolean());
        assertThat(blocks().at("/luck/all/won").asLong()).isZero();
        assertThat(program.output()).contains("Block orphaned: height 100, account " + OURS);
        Await.until("the alert is sent", () -> alerts.stream()
                .anyMatch(alert -> alert.get("event").asText().equals("block_orphaned")));
    }

    @Test
    void blocksWithinOnePoll_areUnseen() {
        mine(GOOD);
        node.stop();
        Await.until("the outage is noticed", () -> program.get("/ready").statusCode() == 503);
        chain.forge();
        chain.forgeBy(OTHERS);
        node.start();
        awaitRound(chain.tip());

        Await.until("they are counted", () -> blocks().get("unseenBlocks").asLong() == 2);
        assertThat(blocks().get("blocks")).isEmpty();
        assertThat(blocks().at("/luck/all/expected").asDouble()).isZero();
    }
}
