package org.pocx.aggregator.store;

import java.sql.SQLException;
import org.pocx.aggregator.jdbc.Sql;

/** The tables of won blocks, of the signatures by which they are found, and of luck. */
final class BlockTables {
    private BlockTables() {}

    static void create(Sql sql) throws SQLException {
        sql.execute(
                """
                CREATE TABLE pocx_won_blocks (
                    id INTEGER PRIMARY KEY,
                    height INTEGER NOT NULL, -- this, raw_quality, poc_time: the 64 bits of a u64
                    next_signature BLOB NOT NULL, -- the generation signature that proves the win
                    at INTEGER NOT NULL, -- nanoseconds since 1970
                    account_id BLOB NOT NULL,
                    machine TEXT, -- from here to poc_time: of the nonce that won, if it is known
                    raw_quality INTEGER,
                    poc_time INTEGER,
                    orphaned INTEGER NOT NULL, -- 0 or 1
                    UNIQUE (height, next_signature)
                )""");
        sql.execute(
                """
                CREATE TABLE pocx_probable_losses (
                    id INTEGER PRIMARY KEY,
                    height INTEGER NOT NULL, -- this, raw_quality, poc_time: the 64 bits of a u64
                    signature BLOB NOT NULL, -- the generation signature of the round
                    at INTEGER NOT NULL, -- nanoseconds since 1970
                    account_id BLOB NOT NULL,
                    machine TEXT NOT NULL,
                    raw_quality INTEGER NOT NULL,
                    poc_time INTEGER NOT NULL,
                    UNIQUE (height, signature)
                )""");
        sql.execute(
                """
                CREATE TABLE pocx_signatures ( -- of the last heights only
                    ordinal INTEGER PRIMARY KEY, -- the order of the last announcements
                    height INTEGER NOT NULL, -- this and base_target: the 64 bits of a u64
                    signature BLOB NOT NULL,
                    base_target INTEGER NOT NULL,
                    begun_at INTEGER NOT NULL -- nanoseconds since 1970
                )""");
        sql.execute(
                """
                CREATE TABLE pocx_block_state ( -- one row at most
                    id INTEGER PRIMARY KEY CHECK (id = 1),
                    next_height INTEGER NOT NULL, -- the 64 bits of a u64; blocks below it are counted
                    unseen INTEGER NOT NULL
                )""");
        sql.execute(
                """
                CREATE TABLE pocx_luck (
                    kind TEXT NOT NULL,
                    id TEXT NOT NULL, -- the account, the machine, or empty
                    ordinal INTEGER NOT NULL, -- the order of the last changes
                    expected REAL NOT NULL,
                    won INTEGER NOT NULL,
                    periods BLOB NOT NULL, -- of the last week: a 64-bit index, a 32-bit float, a 32-bit count for each
                    PRIMARY KEY (kind, id)
                )""");
        sql.execute("CREATE INDEX pocx_luck_by_ordinal ON pocx_luck(ordinal)");
    }
}
