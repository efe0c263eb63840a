package org.pocx.aggregator.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Opens connections to the primary server. Those for reading are from a pool, which opens them when they are needed.
 *
 * <p>Thread-safe.
 */
final class PostgresqlConnections implements AutoCloseable {
    /** The schema, in the sense of PostgreSQL, with the tables of one farm. */
    static final String SCHEMA = "pocx_farm";

    private static final int READERS = 4;
    private static final int CONNECT_SECONDS = 3;

    /** Short, because a miner waits and the nonce can be forwarded without the database. */
    private static final Limits WRITING = new Limits(3, 2, 1);

    private static final Limits READING = new Limits(35, 30, 10);

    /** No limit but for locks: a migration may copy a large table. */
    private static final Limits MIGRATING = new Limits(0, 0, 30);

    /** The server ends the session of a process that is gone after 5 s, which frees the farm for the next one. */
    private static final String NOTICE_LOSS = " -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1"
            + " -c tcp_keepalives_count=3 -c tcp_user_timeout=4000";

    private final PostgresqlSettings settings;
    private final HikariDataSource readers;

    /** Times in seconds; 0 for no limit. */
    private record Limits(int socket, int statement, int lock) {}

    PostgresqlConnections(PostgresqlSettings settings) {
        this.settings = settings;
        HikariConfig config = new HikariConfig();
        config.setPoolName("store-readers");
        config.setDriverClassName(Driver.class.getName());
        config.setJdbcUrl(jdbcUrl());
        config.setDataSourceProperties(properties(READING));
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        config.setConnectionTimeout(Duration.ofSeconds(CONNECT_SECONDS).toMillis());
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        this.readers = new HikariDataSource(config);
    }

    /** Opens the connection for writing, without auto-commit. */
    Connection writer() throws SQLException {
        return open(WRITING);
    }

    Connection migrator() throws SQLException {
        return open(MIGRATING);
    }

    /** Takes a connection from the pool, whose transaction is a snapshot. Closing it puts it back. */
    Connection reader() throws SQLException {
        return readers.getConnection();
    }

    private Connection open(Limits limits) throws SQLException {
        Connection connection = new Driver().connect(jdbcUrl(), properties(limits));
        if (connection == null) {
            throw new SQLException("the driver does not know the form of " + settings.url());
        }
        connection.setAutoCommit(false);
        return connection;
    }

    private String jdbcUrl() {
        return "jdbc:postgresql://" + settings.url().hosts() + "/"
                + DatabaseUrl.encoded(settings.url().database());
    }

    private Properties properties(Limits limits) {
        Properties properties = new Properties();
        properties.putAll(settings.url().parameters());
        properties.setProperty("user", settings.url().user());
        settings.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("ApplicationName", "pocx-aggregator");
        properties.setProperty("targetServerType", "primary");
        properties.setProperty("assumeMinServerVersion", "14");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", Integer.toString(limits.socket()));
        properties.setProperty("defaultRowFetchSize", "1000");
        properties.setProperty(
                "options",
                "-c search_path=" + SCHEMA + " -c synchronous_commit=on -c statement_timeout=" + limits.statement()
                        + "s -c lock_timeout=" + limits.lock() + "s" + NOTICE_LOSS);
        return properties;
    }

    @Override
    public void close() {
        readers.close();
    }
}
