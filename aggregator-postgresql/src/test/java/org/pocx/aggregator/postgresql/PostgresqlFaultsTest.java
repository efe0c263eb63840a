package org.pocx.aggregator.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.pocx.aggregator.postgresql.TestServer.NOW;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.CoinbaseOutputs;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreChange.OutboxPut;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.testkit.Threads;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.statistics.history.HistoryPage;

/** The behaviour of the store when its database or its neighbours are not as they should be. */
class PostgresqlFaultsTest {
    private static final StoreChange ANNOUNCED = new StoreChange.RoundAnnounced(Nonces.round(1), NOW);

    private DatabaseUrl url;

    @BeforeEach
    void begin() throws Exception {
        url = TestServer.emptyDatabase();
    }

    private static NonceSubmission nonce(long number) {
        return Nonces.nonce(Nonces.round(1), 1, number, 1_000_000 - number);
    }

    private static OutboxPut put(long number) {
        return put(nonce(number));
    }

    private static OutboxPut put(NonceSubmission nonce) {
        return new OutboxPut(new ReceivedNonce(nonce, new MinerId("10.0.0.1"), NOW));
    }

    private static void await(CompletableFuture<Void> write) throws Exception {
        write.get(60, TimeUnit.SECONDS);
    }

    private static String refusal(DatabaseUrl url) {
        Throwable refused = catchThrowable(
                () -> PostgresqlStore.open(TestServer.settings(url), InstantSource.fixed(NOW), 1).close());
        assertThat(refused).isInstanceOf(StoreException.class);
        return String.valueOf(refused.getMessage());
    }

    @Test
    void close_leavesNoThread() throws Exception {
        Threads before = Threads.now();
        try (PostgresqlStore store = TestServer.open(url)) {
            await(store.write(ANNOUNCED));
            assertThat(store.history().rounds(HistoryPage.newest(1))).isEmpty();
        }

        before.awaitNoOthers();
    }

    @Test
    void secondAggregator_isRefusedUntilTheFirstEnds() {
        try (PostgresqlStore store = TestServer.open(url)) {
            assertThat(refusal(url))
                    .isEqualTo(url + " is in use by another aggregator (or, for some seconds, by a lost connection):"
                            + " stop that one, or configure another database");
            assertThat(store.load(NOW).openRounds()).isEmpty();
        }
        TestServer.open(url).close();
    }

    @Test
    void serverThatDoesNotListen_isNamed() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(refusal(TestServer.url(free)))
                .startsWith(
                        TestServer.url(free) + " cannot be reached: check the server, the network and database.url");
    }

    @Test
    void serverThatIsSilent_isGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(refusal(TestServer.url(silent.getLocalPort())))
                    .endsWith(" does not answer in time: check the server and the network");
        }
    }

    @Test
    void missingDatabaseAndUser_areNamed() {
        assertThat(refusal(new DatabaseUrl("postgres", url.hosts(), "nowhere", url.parameters())))
                .isEqualTo("postgresql://postgres@" + url.hosts()
                        + "/nowhere does not exist: create it, or correct database.url");
        assertThat(refusal(new DatabaseUrl("nobody", url.hosts(), "postgres", url.parameters())))
                .contains(" refuses the login: check database.url, database.password and pg_hba.conf");
    }

    @Test
    void tablesOfALaterVersion_areRefused() throws Exception {
        TestServer.open(url).close();
        TestServer.execute("INSERT INTO pocx_schema VALUES (99)");

        assertThat(refusal(url)).contains("later version", "99").doesNotContain("\n");
    }

    @Test
    void check_saysWhatIsThere_andChangesNothing() {
        assertThat(PostgresqlStore.check(TestServer.settings(url))).startsWith("PostgreSQL 1")
                .endsWith(", no tables yet");
        TestServer.open(url).close();
        assertThat(PostgresqlStore.check(TestServer.settings(url))).endsWith(", tables of version 1");
    }

    @Test
    void connectionThatEnds_isOpenedAgain() throws Exception {
        try (PostgresqlStore store = TestServer.open(url)) {
            await(store.write(ANNOUNCED));
            for (int i = 1; i <= 3; i++) {
                TestServer.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'pocx-aggregator'");
                long number = i;
                if (catchThrowable(() -> await(store.write(put(number)))) instanceof Exception lost) {
                    assertThat(lost).hasCauseInstanceOf(StoreException.class);
                    await(store.write(put(number)));
                }
            }

            assertThat(store.load(NOW).outbox()).hasSize(3);
            assertThat(store.history().rounds(HistoryPage.newest(1))).isEmpty();
        }
    }

    @Test
    void tableLockedByAnotherSession_failsUntilItIsFree() throws Exception {
        try (PostgresqlStore store = TestServer.open(url)) {
            await(store.write(ANNOUNCED));
            try (Connection other = TestServer.connect();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE pocx_outbox IN EXCLUSIVE MODE");

                assertThatThrownBy(() -> await(store.write(put(1))))
                        .hasCauseInstanceOf(StoreException.class)
                        .hasMessageContaining("does not answer in time: check the load and the locks of the server");
            }
            await(store.write(put(1)));

            assertThat(store.load(NOW).outbox()).hasSize(1);
        }
    }

    @Test
    void readers_doNotWaitForAnotherWriter() throws Exception {
        try (PostgresqlStore store = TestServer.open(url);
                Connection other = TestServer.connect();
                Statement statement = other.createStatement()) {
            await(store.write(ANNOUNCED));
            other.setAutoCommit(false);
            statement.execute("UPDATE pocx_rounds SET closed = 1");

            assertThat(store.load(NOW).openRounds()).hasSize(1);
        }
    }

    @Test
    void changeThatCannotBeWritten_failsAlone() throws Exception {
        try (PostgresqlStore store = TestServer.open(url);
                Connection other = TestServer.connect();
                Statement statement = other.createStatement()) {
            await(store.write(ANNOUNCED));
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE pocx_outbox IN EXCLUSIVE MODE");
            // The writer waits with the first one, so that the others are one batch.
            CompletableFuture<Void> first = store.write(put(1));
            List<CompletableFuture<Void>> good = new ArrayList<>(List.of(store.write(put(2))));
            CompletableFuture<Void> bad = store.write(new StoreChange.RoundClosed("not hexadecimal"));
            good.add(store.write(put(3)));
            other.rollback();

            first.handle((done, failure) -> failure).get(60, TimeUnit.SECONDS);
            assertThat(catchThrowable(() -> await(bad))).hasCauseInstanceOf(StoreException.class);
            for (CompletableFuture<Void> write : good) {
                await(write);
            }
            assertThat(store.load(NOW).outbox())
                    .extracting(ReceivedNonce::submission)
                    .contains(nonce(2), nonce(3));
        }
    }

    @Test
    void textsThatAServerDislikes_areWritten() throws Exception {
        List<CoinbaseOutputs.Output> outputs = IntStream.range(0, 64)
                .mapToObj(i -> new CoinbaseOutputs.Output((i + "\\x'ä").repeat(10), i))
                .toList();
        NonceSubmission large = nonce(1).toBuilder().coinbaseOutputs(new CoinbaseOutputs(outputs)).build();
        Verdict verdict = new Verdict(put(2).nonce(), Verdict.Outcome.REJECTED, 0,
                new UpstreamMessage("a\0b", "-26"), true, NOW);
        try (PostgresqlStore store = TestServer.open(url)) {
            await(store.write(ANNOUNCED));
            await(store.write(put(large)));
            await(store.write(put(large)));
            await(store.write(new StoreChange.VerdictGiven(verdict)));

            assertThat(store.load(NOW).outbox()).containsExactly(put(large).nonce());
            assertThat(store.load(NOW).verdicts().getFirst().message().text()).isEqualTo("ab");
            await(store.write(new StoreChange.OutboxRemoved(large.blockHash(), large.nonceId())));
            assertThat(store.load(NOW).outbox()).isEmpty();
        }
    }
}
