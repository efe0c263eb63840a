/** The rules of a PoCX aggregator, its vocabulary and its ports. Start reading at {@code Aggregator}. */
module org.pocx.aggregator.core {
    requires static org.jspecify;

    exports org.pocx.aggregator.core;
    exports org.pocx.aggregator.core.backlog to
            org.pocx.aggregator.statistics;
    exports org.pocx.aggregator.core.cache;
    exports org.pocx.aggregator.core.event;
    exports org.pocx.aggregator.core.filter;
    exports org.pocx.aggregator.core.retry;
    exports org.pocx.aggregator.core.mining;
    exports org.pocx.aggregator.core.store;
    exports org.pocx.aggregator.core.time;
    exports org.pocx.aggregator.core.upstream;
}
