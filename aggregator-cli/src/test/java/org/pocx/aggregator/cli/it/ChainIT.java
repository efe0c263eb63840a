package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;

/** A chain: the packaged program as a farm's aggregator sends to another one, the hub, and this to a pool. Two accounts mine. */
final class ChainIT {
    /** By which the numbers of one account's nonces differ, see {@link Submissions}; a higher one is a better nonce. */
    private static final int NEXT = 20;

    private static final List<String> FATES =
            List.of("refused", "filtered", "superseded", "pending", "confirmed", "takenOver", "rejected", "stale",
                    "expired");

    @TempDir private Path folder;

    private final JudgingPool pool;
    private final int hubPort;
    private ChildProgram hub;
    private ChildProgram farm;

    ChainIT() throws IOException {
        pool = new JudgingPool();
        hubPort = ChildProgram.freePort();
    }

    @BeforeEach
    void startBoth() throws IOException {
        hub = hub();
        int port = ChildProgram.freePort();
        farm = ChildProgram.serving(Files.createDirectory(folder.resolve("farm")), port,
                yaml(port, hub.uri().toString()));
        farm.awaitReady();
    }

    private ChildProgram hub() throws IOException {
        Path home = Files.createDirectories(folder.resolve("hub"));
        return ChildProgram.serving(home, hubPort, yaml(hubPort, pool.uri().toString()));
    }

    private static String yaml(int port, String upstream) throws IOException {
        return """
                server: {listen_address: "127.0.0.1:%d"}
                upstream: {url: "%s", retry: {base_delay_ms: 100, max_delay_ms: 500}}
                cache: {poll_interval_ms: 200}
                dashboard: {listen_address: "127.0.0.1:%d"}
                """.formatted(port, upstream, ChildProgram.freePort());
    }

    @AfterEach
    void stopAll() {
        Stream.of(farm, hub).filter(program -> program != null).forEach(ChildProgram::close);
        pool.close();
    }

    private void mine(int... numbers) {
        for (int number : numbers) {
            assertThat(farm.post(Submissions.improvement(number)).body()).contains("raw_quality");
        }
    }

    private static int count(ChildProgram program, String fate) {
        return program.stats().at("/counts/" + fate).asInt();
    }

    private static void assertCountsAddUp(ChildProgram program) {
        JsonNode counts = program.stats().at("/counts");
        assertThat(FATES.stream().mapToInt(fate -> counts.path(fate).asInt()).sum())
                .isEqualTo(counts.path("received").asInt());
    }

    @Test
    void rejectionOfTheBest_reachesTheFarm_whoseRunnerUpReachesThePool() {
        pool.reject(1 + NEXT, 2 + NEXT);
        pool.hold();
        mine(1 + NEXT, 2 + NEXT);
        Await.until("the pool has the best of both accounts", () -> pool.waiting() == 2);
        mine(1, 2);
        Await.until("the runners-up wait at the farm", () -> count(farm, "filtered") == 2);

        pool.release();

        Await.until("the pool confirmed the runners-up", () -> pool.confirmed().containsAll(List.of(1L, 2L)));
        for (ChildProgram level : List.of(hub, farm)) {
            Await.until("each level knows it", () -> count(level, "confirmed") == 2);
            assertThat(count(level, "rejected")).isEqualTo(2);
            assertThat(count(level, "pending")).isZero();
            assertCountsAddUp(level);
        }
        assertThat(farm.output()).contains("Rejected by").contains("bad plot");
    }

    @Test
    void hubThatIsSlow_stopped_orKilled_costsNoAccountItsBest() throws Exception {
        pool.hold();
        mine(1, 2);
        Await.until("the pool has both", () -> pool.waiting() == 2);

        hub.terminate();
        mine(1 + NEXT, 2 + NEXT);
        hub = hub();
        pool.release();
        Await.until("the pool confirmed the best of both", () -> pool.confirmed().containsAll(List.of(21L, 22L)));

        hub.kill();
        mine(1 + 2 * NEXT, 2 + 2 * NEXT);
        hub = hub();

        Await.until("the pool confirmed the best of both", () -> pool.confirmed().containsAll(List.of(41L, 42L)));
        Await.until("the farm knows all verdicts", () -> count(farm, "pending") == 0);
        assertThat(count(farm, "rejected") + count(farm, "expired") + count(farm, "stale")).isZero();
        // A better nonce supersedes an earlier one whose verdict has not reached the farm.
        assertThat(count(farm, "confirmed")).isBetween(2, 6);
        assertCountsAddUp(farm);
        assertCountsAddUp(hub);
    }
}
