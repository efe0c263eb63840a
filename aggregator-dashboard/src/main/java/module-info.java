/** The dashboard: its page, statistics as JSON, live events and metrics. */
module org.pocx.aggregator.dashboard {
    requires static org.jspecify;
    requires transitive org.pocx.aggregator.core;
    requires transitive org.pocx.aggregator.statistics;
    requires com.fasterxml.jackson.core;
    requires io.prometheus.metrics.core;
    requires io.prometheus.metrics.instrumentation.jvm;
    requires io.prometheus.metrics.model;
    requires io.prometheus.writer.text;
    requires java.net.http;
    requires transitive jdk.httpserver;
    requires transitive org.pocx.aggregator.http;

    exports org.pocx.aggregator.dashboard;
    exports org.pocx.aggregator.dashboard.live;
    exports org.pocx.aggregator.dashboard.alert;
    exports org.pocx.aggregator.dashboard.metrics;
}
