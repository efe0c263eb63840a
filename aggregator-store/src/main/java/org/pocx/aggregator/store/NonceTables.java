package org.pocx.aggregator.store;

import java.sql.SQLException;
import org.pocx.aggregator.jdbc.Sql;

/**
 * The tables of nonces, as of the schema version in which the claim, the signature and the coinbase outputs became part
 * of a nonce's identity.
 */
final class NonceTables {
    /** The columns that identify a nonce. */
    static final String KEY =
            "block_hash, account_id, seed, nonce, compression, generation_signature, raw_quality, coinbase_outputs";

    private static final String OLD_COLUMNS =
            "id, block_hash, account_id, seed, nonce, compression, height, generation_signature, base_target, raw_quality,"
                    + " machine, label, received_at";

    private static final String NONCE =
            """
                id INTEGER PRIMARY KEY,
                block_hash BLOB NOT NULL,
                account_id BLOB NOT NULL,
                seed BLOB NOT NULL,
                nonce INTEGER NOT NULL, -- this, height, base_target, qualities: the 64 bits of a u64
                compression INTEGER NOT NULL,
                height INTEGER NOT NULL,
                generation_signature BLOB NOT NULL,
                base_target INTEGER NOT NULL,
                raw_quality INTEGER NOT NULL, -- as claimed
                coinbase_outputs TEXT NOT NULL, -- amount, space and address in a line each; empty for none
                machine TEXT NOT NULL,
                label TEXT NOT NULL,
                received_at INTEGER NOT NULL, -- this and at: nanoseconds since 1970
            """;

    private static final String VERDICT =
            """
                outcome TEXT NOT NULL,
                confirmed_raw_quality INTEGER NOT NULL,
                code INTEGER NOT NULL,
                message TEXT NOT NULL,
                at INTEGER NOT NULL,
            """;

    private NonceTables() {}

    /** Copies both tables, because SQLite cannot change a unique key. Rows keep their ids. */
    static void identifyByClaim(Sql sql) throws SQLException {
        rebuild(sql, "pocx_outbox", NONCE, "");
        rebuild(sql, "pocx_outcomes", NONCE + VERDICT, ", outcome, confirmed_raw_quality, code, message, at");
        sql.execute("CREATE INDEX pocx_outcomes_by_height ON pocx_outcomes(height, account_id)");
        sql.execute("ALTER TABLE pocx_rounds ADD COLUMN first_announced_at INTEGER"); // nanoseconds since 1970
    }

    private static void rebuild(Sql sql, String table, String columns, String more) throws SQLException {
        sql.execute("ALTER TABLE " + table + " RENAME TO pocx_former");
        sql.execute("CREATE TABLE " + table + " (\n" + columns + "    UNIQUE (" + KEY + "))");
        sql.execute("INSERT INTO " + table + " (" + OLD_COLUMNS + more + ", coinbase_outputs) SELECT " + OLD_COLUMNS
                + more + ", '' FROM pocx_former");
        sql.execute("DROP TABLE pocx_former");
    }
}
