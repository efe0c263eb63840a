package org.pocx.aggregator.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.jdbc.Sql;

/**
 * The spellings of machine ids. Our own tables have one for each machine, see {@link MinerId}. The table {@code submissions}
 * may have several, because it is shared with the other aggregator and is not changed for this: they are read as one.
 */
final class MachineIds {
    /** The migration: the ids of our own tables get their one spelling. The former label of a machine is dropped. */
    static final Schema.Migration UNIFY = MachineIds::unify;

    private static final List<String> TABLES =
            List.of("pocx_outbox", "pocx_outcomes", "pocx_round_records", "pocx_events");

    /** Only these can be spelled in several ways: IPv6 addresses. */
    private static final String SPELLED = "instr(machine_id, ':') > 0";

    /** Finds the ids by jumps in the index of account and machine: the cost is per pair of them, not per row. */
    private static final String OF_SUBMISSIONS = HistoryReader.PAIRS
            + " SELECT DISTINCT machine FROM pair WHERE machine IS NOT NULL AND instr(machine, ':') > 0";

    private static final String OF_BLOCK =
            "SELECT machine_id FROM submissions WHERE account_id = ? AND height = ? AND " + SPELLED;

    private static final String MERGE_CONFIRMED =
            """
            INSERT INTO pocx_confirmed_machines (machine, at) SELECT ?1, at FROM pocx_confirmed_machines WHERE machine = ?2
            ON CONFLICT (machine) DO UPDATE SET at = max(at, excluded.at)""";

    private static final String MERGE_WIDE =
            """
            INSERT INTO pocx_wide_bests (account_id, machine_id, height, raw_quality, timestamp)
            SELECT account_id, ?1, height, raw_quality, timestamp FROM pocx_wide_bests WHERE machine_id = ?2
            ON CONFLICT DO NOTHING""";

    private MachineIds() {}

    /** Returns the one spelling of an id. */
    static String canonical(String id) {
        return MinerId.ofId(id).id();
    }

    private static void unify(Sql sql) throws SQLException {
        sql.execute("ALTER TABLE pocx_outbox DROP COLUMN label");
        sql.execute("ALTER TABLE pocx_outcomes DROP COLUMN label");
        for (String table : TABLES) {
            for (String id : others(sql, "SELECT DISTINCT machine FROM " + table + " WHERE instr(machine, ':') > 0")) {
                sql.update("UPDATE " + table + " SET machine = ? WHERE machine = ?", canonical(id), id);
            }
        }
        for (String id : others(sql, "SELECT machine FROM pocx_confirmed_machines WHERE instr(machine, ':') > 0")) {
            sql.update(MERGE_CONFIRMED, canonical(id), id);
            sql.update("DELETE FROM pocx_confirmed_machines WHERE machine = ?", id);
        }
        for (String id : others(sql, "SELECT DISTINCT machine_id FROM pocx_wide_bests WHERE " + SPELLED)) {
            sql.update(MERGE_WIDE, canonical(id), id);
            sql.update("DELETE FROM pocx_wide_bests WHERE machine_id = ?", id);
        }
    }

    /** Returns all spellings of a machine's id in {@code submissions}, the one spelling included. */
    static List<String> spellings(Sql sql, String id) throws SQLException {
        List<String> spellings = new ArrayList<>(List.of(id));
        for (String other : others(sql, OF_SUBMISSIONS)) {
            if (canonical(other).equals(id)) {
                spellings.add(other);
            }
        }
        return spellings;
    }

    /** Returns the other spellings of a machine's id in the rows of one account and block. */
    static List<String> otherSpellings(Sql sql, String accountId, String id, long height) throws SQLException {
        return others(sql, OF_BLOCK, accountId, height).stream()
                .filter(other -> canonical(other).equals(id))
                .toList();
    }

    private static List<String> others(Sql sql, String query, Object... arguments) throws SQLException {
        List<String> others = new ArrayList<>();
        try (ResultSet rows = sql.query(query, arguments)) {
            while (rows.next()) {
                String id = rows.getString(1);
                if (!canonical(id).equals(id)) {
                    others.add(id);
                }
            }
        }
        return others;
    }
}
