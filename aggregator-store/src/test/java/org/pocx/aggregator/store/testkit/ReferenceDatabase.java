package org.pocx.aggregator.store.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/**
 * A database of the other aggregator with recent times. Old rows have no effect, so tests with fixed times would fail
 * after a day.
 */
public final class ReferenceDatabase {
    /** The age of its newest row: recent enough to have an effect, and old enough that its machines are not active. */
    public static final Duration AGE = Duration.ofHours(1);

    private ReferenceDatabase() {}

    /**
     * Makes a copy with all times moved by the same amount.
     *
     * @param file the copy; must not exist
     * @param clock determines the times: the newest row is {@link #AGE} old, to the second
     * @return the copy
     */
    public static Path copy(Path file, InstantSource clock) throws IOException, SQLException {
        try (InputStream in =
                Objects.requireNonNull(ReferenceDatabase.class.getResourceAsStream("reference-aggregator.db"))) {
            Files.copy(in, file);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            Duration moved = Duration.between(newest(statement), clock.instant().minus(AGE));
            String by = "'" + moved.toSeconds() + " seconds'";
            statement.execute("UPDATE submissions SET timestamp = datetime(timestamp, " + by + ")");
            statement.execute("UPDATE __diesel_schema_migrations SET run_on = datetime(run_on, " + by + ")");
        }
        return file;
    }

    private static Instant newest(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT unixepoch(max(timestamp)) FROM submissions")) {
            row.next();
            return Instant.ofEpochSecond(row.getLong(1));
        }
    }
}
