/** The store of an aggregator and of its statistics on PostgreSQL. */
module org.pocx.aggregator.postgresql {
    requires static org.jspecify;
    requires transitive org.pocx.aggregator.core;
    requires transitive org.pocx.aggregator.statistics;
    requires com.zaxxer.hikari;
    requires java.sql;
    requires org.pocx.aggregator.jdbc;
    requires org.postgresql.jdbc;

    exports org.pocx.aggregator.postgresql;
}
