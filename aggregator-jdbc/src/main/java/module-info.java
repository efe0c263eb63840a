/** What the stores on SQL databases have in common. Not an interface for other programs. */
module org.pocx.aggregator.jdbc {
    requires static org.jspecify;
    requires org.pocx.aggregator.core;
    requires org.pocx.aggregator.statistics;
    requires java.sql;

    exports org.pocx.aggregator.jdbc to
            org.pocx.aggregator.store,
            org.pocx.aggregator.postgresql;
}
