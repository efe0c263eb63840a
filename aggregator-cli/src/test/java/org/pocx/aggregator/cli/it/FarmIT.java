package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.chain.ValidatedNonce;
import org.pocx.aggregator.simulator.farm.FarmPlan;
import org.pocx.aggregator.simulator.farm.FarmSettings;
import org.pocx.aggregator.simulator.farm.SimulatedFarm;
import org.pocx.aggregator.simulator.node.ChainServer;
import org.pocx.aggregator.simulator.node.Dialect;
import org.pocx.aggregator.simulator.time.Speed;

/** A farm mines through the packaged program: what the chain accepted is what it should have, no less and no more. */
class FarmIT {
    private static final Duration BLOCK_TIME = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int ROUNDS = Boolean.getBoolean("pocx.heavy") ? 200 : 6;

    @TempDir private Path folder;

    @Test
    void fiftyMachines_poolMode_bestOfEachAccountIsAccepted() throws Exception {
        mine(SubmissionMode.POOL, Dialect.POOL, NonceSubmission::accountId);
    }

    @Test
    void fiftyMachines_walletMode_bestOverallIsAccepted() throws Exception {
        mine(SubmissionMode.WALLET, Dialect.NODE, submission -> "all");
    }

    private void mine(SubmissionMode mode, Dialect dialect, Function<NonceSubmission, String> key) throws Exception {
        SimulatedChain chain =
                new SimulatedChain(ChainSettings.genesis(BLOCK_TIME).at(100, "it").withBaseTarget(1L << 26));
        int port = ChildProgram.freePort();
        try (ChainServer node = ChainServer.builder(chain).dialect(dialect).start();
                ChildProgram program = ChildProgram.serving(folder, port, config(port, node, mode));
                SimulatedFarm farm = SimulatedFarm.start(
                        FarmSettings.stockMiner(mode, BLOCK_TIME).withSpeed(new Speed(300)),
                        program.uri(),
                        FarmPlan.of(50, 10, 10, 7))) {
            int bests = 0;
            for (int i = 0; i < ROUNDS; i++) {
                bests += mineOneRound(chain, farm, program, key);
            }
            assertThat(farm.log().rejected()).as("answered with an error").isEmpty();
            assertThat(farm.log().lost()).as("given up by a miner").isEmpty();
            assertThat(farm.log().unexpectedReceipts()).as("receipts that differ from the claim").isEmpty();
            assertNothingNeedless(chain.log().entries(), key);
            assertStatsAddUp(program, bests, chain.log().entries().size());
            assertThat(program.terminate()).isZero();
            assertThat(history(folder.resolve("farm.db"))).isEqualTo(bestReceipts(farm));
        }
    }

    /** Returns how many bests the round had. */
    private static int mineOneRound(
            SimulatedChain chain, SimulatedFarm farm, ChildProgram program, Function<NonceSubmission, String> key)
            throws InterruptedException {
        String round = chain.tip().blockHash();
        assertThat(farm.awaitIdle(round, PATIENCE)).isTrue();
        Map<String, Long> found = bests(farm.log().bestFoundPerAccount(round).values(), key);
        assertThat(found).isNotEmpty();
        Await.until("the chain has the best nonces of round " + chain.tip().height(), () -> found.equals(
                bests(accepted(chain, round), key)));
        Await.until("nothing is on its way", () -> program.stats().at("/counts/pending").asInt() == 0);
        chain.forge();
        return found.size();
    }

    private static List<NonceSubmission> accepted(SimulatedChain chain, String round) {
        return chain.log().accepted(round).stream().map(ValidatedNonce::submission).toList();
    }

    private static Map<String, Long> bests(
            Iterable<NonceSubmission> submissions, Function<NonceSubmission, String> key) {
        Map<String, Long> bests = new TreeMap<>();
        for (NonceSubmission submission : submissions) {
            bests.merge(key.apply(submission), submission.rawQuality(), FarmIT::better);
        }
        return bests;
    }

    private static long better(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? a : b;
    }

    /**
     * Each nonce was better than all of its round and key before it, but for those that a better one overtook on the way, of
     * which each overtakes one at most, since no more than two are in flight: such a one may even come after its round.
     */
    private static void assertNothingNeedless(List<ValidatedNonce> entries, Function<NonceSubmission, String> key) {
        List<ValidatedNonce> needless = new ArrayList<>();
        for (ValidatedNonce entry : entries) {
            long behind = entries.subList(entries.indexOf(entry), entries.size()).stream()
                    .filter(other -> other.isAccepted() && isSameRace(other, entry, key) && isBetter(entry, other))
                    .count();
            boolean overtaken = entries.stream()
                    .anyMatch(other -> other.isAccepted() && isSameRace(other, entry, key) && isBetter(other, entry));
            boolean wanted = entry.isAccepted() ? behind <= 1 : entry.isStale() && overtaken;
            if (!wanted) {
                needless.add(entry);
            }
        }
        assertThat(needless).isEmpty();
    }

    private static boolean isBetter(ValidatedNonce a, ValidatedNonce b) {
        return Long.compareUnsigned(
                a.submission().rawQuality(), b.submission().rawQuality()) < 0;
    }

    private static boolean isSameRace(ValidatedNonce a, ValidatedNonce b, Function<NonceSubmission, String> key) {
        return a.submission().blockHash().equals(b.submission().blockHash())
                && key.apply(a.submission()).equals(key.apply(b.submission()));
    }

    /** Of a nonce that a better one overtook the answer may be lost: the best of each race is confirmed in any case. */
    private static void assertStatsAddUp(ChildProgram program, int bests, int accepted) {
        // What is shown may be a little older than what was done.
        Await.until("all bests are confirmed", () -> program.stats().at("/counts/confirmed").asInt() >= bests);
        JsonNode stats = program.stats();
        assertThat(stats.at("/uniqueMachines").asInt()).isEqualTo(50);
        assertThat(stats.at("/uniqueMiners").asInt()).isEqualTo(10);
        assertThat(stats.at("/counts/confirmed").asInt()).isLessThanOrEqualTo(accepted);
        List<JsonNode> counted = new ArrayList<>(List.of(stats.at("/counts")));
        stats.at("/machines").forEach(machine -> counted.add(machine.at("/counts")));
        stats.at("/accounts").forEach(account -> counted.add(account.at("/counts")));
        for (JsonNode counts : counted) {
            long sum = 0;
            for (String fate : List.of(
                    "refused", "filtered", "superseded", "pending", "confirmed", "rejected", "stale", "expired")) {
                sum += counts.at("/" + fate).asLong();
            }
            assertThat(counts.at("/received").asLong()).isEqualTo(sum).isPositive();
        }
    }

    /** The best nonce that each machine has a receipt for, by account, machine and height. */
    private static Map<String, Long> bestReceipts(SimulatedFarm farm) {
        Map<String, Long> bests = new TreeMap<>();
        farm.log().receipts().forEach(entry -> bests.merge(
                row(entry.submission().accountId(), entry.machine().getHostAddress(), entry.submission().height()),
                entry.submission().rawQuality(),
                FarmIT::better));
        return bests;
    }

    private static Map<String, Long> history(Path database) throws SQLException, IOException {
        Map<String, Long> rows = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database.toRealPath());
                ResultSet found = connection.createStatement()
                        .executeQuery("SELECT account_id, machine_id, height, raw_quality FROM submissions")) {
            while (found.next()) {
                rows.put(row(found.getString(1), found.getString(2), found.getLong(3)), found.getLong(4));
            }
        }
        return rows;
    }

    private static String row(String account, String machine, long height) {
        return account + " " + machine + " " + height;
    }

    private static String config(int port, ChainServer node, SubmissionMode mode) throws IOException {
        return """
                listen_address: "127.0.0.1:%d"
                block_time_secs: %d
                upstream:
                  url: "%s"
                  submission_mode: %s
                cache:
                  poll_interval_ms: 50
                database:
                  path: "farm.db"
                dashboard:
                  enabled: true
                  listen_address: "127.0.0.1:%d"
                logging:
                  level: info
                """
                .formatted(
                        port,
                        BLOCK_TIME.toSeconds(),
                        node.uri(),
                        mode == SubmissionMode.POOL ? "pool" : "wallet",
                        ChildProgram.freePort());
    }
}
