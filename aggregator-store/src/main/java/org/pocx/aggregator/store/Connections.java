package org.pocx.aggregator.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections to one database. Each belongs to the thread that asked for it, and that thread is a platform
 * thread: SQLite runs in native code, where a virtual thread would hold its carrier.
 */
interface Connections {

    /** The connection that writes; there is one at a time. Fails when the file is not there. */
    Connection writer() throws SQLException;

    /** A connection that only reads, beside the writer and without waiting for it. */
    Connection reader() throws SQLException;
}
