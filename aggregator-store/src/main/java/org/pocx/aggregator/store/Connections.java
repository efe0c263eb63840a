package org.pocx.aggregator.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections to one database. Each connection is used only by the thread that opened it. That must be a platform
 * thread: SQLite runs in native code, where a virtual thread would pin its carrier.
 */
interface Connections {

    /** Opens the connection for writing; only one is open at a time. Fails if the file does not exist. */
    Connection writer() throws SQLException;

    /** Opens a read-only connection, which never waits for the writer. */
    Connection reader() throws SQLException;
}
