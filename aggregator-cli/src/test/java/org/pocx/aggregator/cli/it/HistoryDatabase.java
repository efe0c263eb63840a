package org.pocx.aggregator.cli.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.pocx.aggregator.core.time.WallClock;

/** Writes databases as the other aggregator leaves them: its tables, its indices, its form of times. */
final class HistoryDatabase {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final long BLOCK_SECONDS = 120;
    private static final long HIGHEST = 2_000_000;
    private static final long MONTH = 30 * 86_400;
    private static final long LEAST_QUALITY = 1_000_000_000_000L;

    private static final String[] TABLES = {
        """
        CREATE TABLE "submissions" (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account_id TEXT NOT NULL,
            machine_id TEXT NOT NULL,
            height BIGINT NOT NULL,
            raw_quality BIGINT NOT NULL,
            timestamp DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
            UNIQUE(account_id, machine_id, height)
        )""",
        "CREATE INDEX idx_submissions_account_height ON submissions(account_id, height DESC)",
        "CREATE INDEX idx_submissions_timestamp ON submissions(timestamp DESC)",
    };

    private HistoryDatabase() {}

    /**
     * Each machine of each account has its best in each block, the last one a minute ago; the oldest rows are a month
     * older than that.
     *
     * @param oldRows how many of the rows
     */
    static void create(Path file, int rows, int accounts, int machines, int oldRows) throws Exception {
        Files.deleteIfExists(file);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            for (String table : TABLES) {
                statement.execute(table);
            }
            connection.setAutoCommit(false);
            fill(connection, rows, accounts * machines, machines, oldRows);
            connection.commit();
        }
    }

    private static void fill(Connection connection, int rows, int perBlock, int machines, int oldRows)
            throws SQLException {
        SplittableRandom random = new SplittableRandom(1);
        int lastBlock = (rows - 1) / perBlock;
        long now = WallClock.system().instant().getEpochSecond();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO submissions"
                + " (account_id, machine_id, height, raw_quality, timestamp) VALUES (?, ?, ?, ?, ?)")) {
            for (int row = 0; row < rows; row++) {
                int back = lastBlock - row / perBlock;
                long at = now - 60 - back * BLOCK_SECONDS - (row < oldRows ? MONTH : 0);
                int machine = row % perBlock;
                insert.setString(1, "%040x".formatted((machine / machines + 1) * 7_919L * 7_919));
                insert.setString(2, "10.0." + machine % machines / 250 + "." + machine % machines % 250);
                insert.setLong(3, HIGHEST - back - (row < oldRows ? MONTH / BLOCK_SECONDS : 0));
                insert.setLong(4, random.nextLong(LEAST_QUALITY, 1_000 * LEAST_QUALITY));
                insert.setString(5, TIMESTAMP.format(Instant.ofEpochSecond(at)));
                insert.executeUpdate();
            }
        }
    }
}
