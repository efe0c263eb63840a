/** The store of an aggregator and of its statistics on SQLite. */
module org.pocx.aggregator.store {
    requires static org.jspecify;
    requires transitive org.pocx.aggregator.core;
    requires transitive org.pocx.aggregator.statistics;
    requires java.sql;
    requires org.pocx.aggregator.jdbc;
    requires org.xerial.sqlitejdbc;

    exports org.pocx.aggregator.store;
}
