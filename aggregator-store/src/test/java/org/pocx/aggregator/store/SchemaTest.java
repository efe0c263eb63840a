package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.store.Schema.Migration;

/** Upgrades of a database from each version to the next. */
class SchemaTest {
    /** Of the reference database. */
    private static final int ROWS = 152;

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void copyReference() throws Exception {
        file = Fixtures.referenceDatabase(folder);
    }

    @Test
    void databaseOfEachEarlierVersion_isBroughtUpToDateWithItsHistory() throws Exception {
        for (int version = 0; version < Schema.current(); version++) {
            Path old = Fixtures.referenceDatabase(Files.createDirectory(folder.resolve("v" + version)));
            try (Sql sql = Fixtures.otherProgram(old)) {
                Schema.migrate(sql, Schema.MIGRATIONS.subList(0, version));
                assertThat(Schema.versionOf(sql)).isEqualTo(version);
            }

            try (SqliteSubmissionStore store = SqliteSubmissionStore.open(Fixtures.settings(old))) {
                assertThat(Fixtures.history(store, 1_000_000)).hasSize(ROWS);
            }
            try (Sql sql = Fixtures.otherProgram(old)) {
                assertThat(Schema.versionOf(sql)).isEqualTo(Schema.current());
            }
        }
    }

    @Test
    void stepThatFails_leavesTheVersionBeforeIt_andIsRunAgain() throws Exception {
        List<Migration> failing = withNext(sql -> {
            sql.execute("CREATE TABLE pocx_next (x)");
            throw new SQLException("the power goes");
        });
        try (Sql sql = Fixtures.otherProgram(file)) {
            assertThatThrownBy(() -> Schema.migrate(sql, failing)).isInstanceOf(SQLException.class);
        }

        try (Sql sql = Fixtures.otherProgram(file)) {
            assertThat(Schema.versionOf(sql)).isEqualTo(Schema.current());
            assertThat(Schema.hasTable(sql, "pocx_next")).isFalse();

            Schema.migrate(sql, withNext(next -> next.execute("CREATE TABLE pocx_next (x)")));

            assertThat(Schema.versionOf(sql)).isEqualTo(Schema.current() + 1);
            assertThat(Schema.hasTable(sql, "pocx_next")).isTrue();
        }
    }

    @Test
    void databaseThatIsUpToDate_isLeftAlone() throws Exception {
        List<Integer> runs = new ArrayList<>();
        List<Migration> counting = withNext(sql -> runs.add(1));
        try (Sql sql = Fixtures.otherProgram(file)) {
            Schema.migrate(sql, counting);
            Schema.migrate(sql, counting);
        }

        assertThat(runs).hasSize(1);
    }

    private static List<Migration> withNext(Migration next) {
        List<Migration> all = new ArrayList<>(Schema.MIGRATIONS);
        all.add(next);
        return all;
    }
}
