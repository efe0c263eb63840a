package org.pocx.aggregator.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** A real server for all tests of this module. Each test begins with an empty database. The server ends with the JVM. */
final class TestServer {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final EmbeddedPostgres SERVER = start();

    private TestServer() {}

    private static EmbeddedPostgres start() {
        try {
            // Crashes of the machine are not tested, and a flush of the disk takes most of the time of a commit.
            return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the tables of earlier tests, and returns the address. */
    static DatabaseUrl emptyDatabase() throws SQLException {
        execute("DROP SCHEMA IF EXISTS pocx_farm CASCADE");
        return url(SERVER.getPort());
    }

    static DatabaseUrl url(int port) {
        return new DatabaseUrl("postgres", "127.0.0.1:" + port, "postgres", Map.of());
    }

    static PostgresqlSettings settings(DatabaseUrl url) {
        return new PostgresqlSettings(url, Optional.empty(), 7, Duration.ofMinutes(2));
    }

    static PostgresqlStore open(DatabaseUrl url) {
        return PostgresqlStore.open(settings(url), InstantSource.fixed(NOW));
    }

    /** A connection as any other program has it, with auto-commit. */
    static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + SERVER.getPort() + "/postgres?currentSchema=pocx_farm", "postgres",
                "");
    }

    static void execute(String statement) throws SQLException {
        try (Connection connection = connect();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }
}
