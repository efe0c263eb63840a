/** The dashboard: its page, statistics as JSON, live events and metrics. */
module org.pocx.aggregator.dashboard {
    requires static org.jspecify;
    requires transitive org.pocx.aggregator.core;
    requires com.fasterxml.jackson.core;
    requires jdk.httpserver;

    exports org.pocx.aggregator.dashboard;
}
