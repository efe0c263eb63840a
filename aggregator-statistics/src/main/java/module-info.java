/** Statistics and history of a PoCX aggregator. Start reading at {@code FarmStatistics}. */
module org.pocx.aggregator.statistics {
    requires static org.jspecify;
    requires transitive org.pocx.aggregator.core;

    exports org.pocx.aggregator.statistics;
    exports org.pocx.aggregator.statistics.finding;
    exports org.pocx.aggregator.statistics.history;
}
