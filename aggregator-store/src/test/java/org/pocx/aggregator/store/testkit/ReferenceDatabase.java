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
 * A database that the other aggregator wrote, as if it had done so just now: old rows count for nothing, so that a test
 * of them would end with their day.
 */
public final class ReferenceDatabase {
    /** How old its newest row is. */
    public static final Duration AGE = Duration.ofMinutes(1);

    private ReferenceDatabase() {}

    /**
     * Makes a copy whose times are all moved by the same.
     *
     * @param file which is not there yet
     * @param clock by which the newest row is {@link #AGE} old, to the second
     * @return the file
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
