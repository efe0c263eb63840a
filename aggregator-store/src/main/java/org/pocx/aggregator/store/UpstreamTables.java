package org.pocx.aggregator.store;

import java.sql.SQLException;
import org.pocx.aggregator.jdbc.Sql;

/** The tables of what belongs to one of several upstreams. They have rows of open rounds only. */
final class UpstreamTables {
    private UpstreamTables() {}

    static void create(Sql sql) throws SQLException {
        sql.execute(
                """
                CREATE TABLE pocx_round_upstreams (
                    id INTEGER PRIMARY KEY,
                    block_hash BLOB NOT NULL,
                    upstream TEXT NOT NULL, -- the id of one that announced the round; empty for an unknown one
                    ordinal INTEGER NOT NULL, -- the order of the last announcements
                    UNIQUE (block_hash, upstream)
                )""");
        sql.execute(
                """
                CREATE TABLE pocx_standings (
                    id INTEGER PRIMARY KEY,
                    block_hash BLOB NOT NULL, -- from here to coinbase_outputs: identifies the nonce
                    account_id BLOB NOT NULL,
                    seed BLOB NOT NULL,
                    nonce INTEGER NOT NULL, -- this and qualities: the 64 bits of a u64
                    compression INTEGER NOT NULL,
                    generation_signature BLOB NOT NULL,
                    raw_quality INTEGER NOT NULL,
                    coinbase_outputs TEXT NOT NULL,
                    upstream TEXT NOT NULL, -- the id of the one that judged it
                    confirmed INTEGER NOT NULL, -- 0 rejected, 1 confirmed, 2 filtered
                    confirmed_raw_quality INTEGER NOT NULL,
                """
                        + "    UNIQUE (" + NonceTables.KEY + ", upstream))");
        // Which upstream confirmed the nonces of earlier versions is not known: they are sent once more.
        sql.execute("INSERT INTO pocx_round_upstreams (block_hash, upstream, ordinal)"
                + " SELECT block_hash, '', ordinal FROM pocx_rounds WHERE closed = 0 ORDER BY ordinal DESC LIMIT 3");
    }
}
