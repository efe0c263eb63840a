/** The core's store on SQLite. */
module org.pocx.aggregator.store {
    requires static org.jspecify;
    requires transitive org.pocx.aggregator.core;
    requires java.sql;
    requires org.xerial.sqlitejdbc;

    exports org.pocx.aggregator.store;
}
