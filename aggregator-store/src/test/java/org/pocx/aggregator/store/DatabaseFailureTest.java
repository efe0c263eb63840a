package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.pocx.aggregator.store.Fixtures.ANNOUNCED;
import static org.pocx.aggregator.store.Fixtures.NOW;
import static org.pocx.aggregator.store.Fixtures.await;
import static org.pocx.aggregator.store.Fixtures.put;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange.RoundClosed;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.jdbc.Sql;

/** The behaviour of the store while its file cannot be written, and afterwards. */
class DatabaseFailureTest {
    @TempDir Path folder;

    private Path file;
    private InterceptedConnections connections;

    @BeforeEach
    void intercept() {
        file = folder.resolve("aggregator.db");
        connections = new InterceptedConnections(file);
    }

    @Test
    void fullDisk_failsTheWriteInOneLineThatNamesTheFile() throws Exception {
        try (var store = connections.openStore()) {
            await(store.write(ANNOUNCED));
            connections.fillDisk();

            long refused = writeUntilFull(store);

            assertThat(catchThrowable(() -> await(store.write(put(refused)))).getCause())
                    .isInstanceOf(StoreException.class)
                    .hasMessage(file + " cannot grow, the disk is full: free some space");
        }
    }

    @Test
    void diskWithSpaceAgain_isWrittenAgain() throws Exception {
        try (var store = connections.openStore()) {
            await(store.write(ANNOUNCED));
            connections.fillDisk();
            long last = writeUntilFull(store);
            connections.freeDisk();

            await(store.write(put(last)));

            assertThat(store.load(NOW).outbox())
                    .extracting(entry -> entry.submission().nonce())
                    .endsWith(last);
        }
    }

    @Test
    void fullDisk_losesNothingThatWasReportedAsWritten() throws Exception {
        try (var store = connections.openStore()) {
            await(store.write(ANNOUNCED));
            connections.fillDisk();
            long last = writeUntilFull(store);

            assertThat(store.load(NOW).outbox()).hasSize((int) last);
        }
    }

    @Test
    void fileLockedByAnotherProgram_failsUntilItIsFree() throws Exception {
        try (var store = connections.openStore()) {
            await(store.write(ANNOUNCED));
            try (Sql other = Fixtures.otherProgram(file)) {
                other.execute("BEGIN IMMEDIATE");

                assertThat(catchThrowable(() -> await(store.write(put(1)))))
                        .hasCauseInstanceOf(StoreException.class)
                        .hasMessageContaining("locked by another program");
            }

            await(store.write(put(1)));

            assertThat(store.load(NOW).outbox()).hasSize(1);
        }
    }

    @Test
    void readers_doNotWaitForTheWriter() throws Exception {
        try (var store = connections.openStore()) {
            await(store.write(ANNOUNCED));
            CountDownLatch release = connections.holdNextCommit();
            CompletableFuture<Void> write = store.write(put(1));
            connections.awaitHeldCommit();

            assertThat(store.load(NOW).outbox()).isEmpty();

            release.countDown();
            await(write);
        }
    }

    @Test
    void changeThatCannotBeWritten_failsAlone() throws Exception {
        try (var store = connections.openStore()) {
            CountDownLatch release = connections.holdNextCommit();
            CompletableFuture<Void> first = store.write(ANNOUNCED);
            connections.awaitHeldCommit();
            CompletableFuture<Void> before = store.write(put(1));
            CompletableFuture<Void> bad = store.write(new RoundClosed("not hexadecimal"));
            CompletableFuture<Void> after = store.write(put(2));
            release.countDown();

            await(first);
            await(before);
            assertThat(catchThrowable(() -> await(bad))).hasCauseInstanceOf(StoreException.class);
            await(after);
            assertThat(store.load(NOW).outbox())
                    .extracting(ReceivedNonce::submission)
                    .containsExactly(Fixtures.submission(1), Fixtures.submission(2));
        }
    }

    /** Writes nonces 0, 1, 2… until one is rejected, and returns its number. */
    private static long writeUntilFull(SqliteSubmissionStore store) {
        for (int i = 0; i < 100_000; i++) {
            long nonce = i;
            if (catchThrowable(() -> await(store.write(put(nonce)))) != null) {
                return nonce;
            }
        }
        throw new AssertionError("the disk never was full");
    }
}
