package org.pocx.aggregator.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

/** Connections that count commits, and can simulate a hanging commit or a full disk. Thread-safe. */
final class InterceptedConnections implements Connections {
    private final Path file;
    private final FileConnections real;
    private final AtomicInteger commits = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);

    @Nullable private volatile CountDownLatch hold;

    @Nullable private volatile Connection writer;

    private volatile boolean full;

    InterceptedConnections(Path file) {
        this.file = file;
        this.real = new FileConnections(file);
    }

    SqliteSubmissionStore openStore() {
        return SqliteSubmissionStore.open(
                Fixtures.settings(file), InstantSource.fixed(Fixtures.NOW), unused -> this);
    }

    /** The next commit hangs until the returned latch is released. */
    CountDownLatch holdNextCommit() {
        CountDownLatch latch = new CountDownLatch(1);
        hold = latch;
        return latch;
    }

    void awaitHeldCommit() throws InterruptedException {
        if (!held.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("no commit came");
        }
    }

    int commits() {
        return commits.get();
    }

    /** From now on the file cannot grow. */
    void fillDisk() throws SQLException {
        full = true;
        limitGrowth(writer);
    }

    void freeDisk() throws SQLException {
        full = false;
        try (Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA max_page_count = 1000000");
        }
    }

    @Override
    public Connection writer() throws SQLException {
        Connection connection = real.writer();
        ((SQLiteConnection) connection).addCommitListener(new Listener());
        if (full) {
            limitGrowth(connection);
        }
        writer = connection;
        return connection;
    }

    @Override
    public Connection reader() throws SQLException {
        return real.reader();
    }

    private static void limitGrowth(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Not less than the existing pages.
            statement.execute("PRAGMA max_page_count = 1");
        }
    }

    private final class Listener implements SQLiteCommitListener {
        @Override
        public void onCommit() {
            commits.incrementAndGet();
            CountDownLatch latch = hold;
            if (latch != null) {
                hold = null;
                held.countDown();
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void onRollback() {}
    }
}
