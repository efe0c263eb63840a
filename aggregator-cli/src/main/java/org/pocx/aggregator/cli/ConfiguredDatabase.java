package org.pocx.aggregator.cli;

import org.pocx.aggregator.cli.config.Secret;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.postgresql.PostgresqlSettings;
import org.pocx.aggregator.postgresql.PostgresqlStore;
import org.pocx.aggregator.statistics.history.HistoryStore;
import org.pocx.aggregator.store.SqliteSubmissionStore;
import org.pocx.aggregator.store.StoreSettings;

/**
 * Opens the database of the configuration. Classes of PostgreSQL are used, and loaded, only if it is on PostgreSQL.
 *
 * @param submissions closed by the owner
 * @param history the same store
 */
record ConfiguredDatabase(SubmissionStore submissions, HistoryStore history) {

    static ConfiguredDatabase open(Settings settings) {
        Settings.Database database = settings.database();
        return database.server()
                .map(server -> of(PostgresqlStore.open(postgresql(settings, server))))
                .orElseGet(() -> of(SqliteSubmissionStore.open(new StoreSettings(
                        database.path(), database.retentionDays(), settings.upstream().blockTime()))));
    }

    private static <S extends SubmissionStore & HistoryStore> ConfiguredDatabase of(S store) {
        return new ConfiguredDatabase(store, store);
    }

    private static PostgresqlSettings postgresql(Settings settings, Settings.DatabaseServer server) {
        return new PostgresqlSettings(
                server.url(),
                server.password().map(Secret::reveal),
                settings.database().retentionDays(),
                settings.upstream().blockTime());
    }

    /**
     * Logs in to a PostgreSQL server, and changes nothing.
     *
     * @return one line for the operator
     * @throws org.pocx.aggregator.core.store.StoreException when the database cannot be used
     */
    static String check(Settings settings, Settings.DatabaseServer server) {
        return "database " + server.url() + ": " + PostgresqlStore.check(postgresql(settings, server));
    }
}
