/** The benchmark of the program, or of another aggregator, against a minimal handler on the same HTTP engine. */
module org.pocx.aggregator.bench {
    requires static org.jspecify;
    requires org.pocx.aggregator.core;
    requires org.pocx.aggregator.protocol;
    requires com.fasterxml.jackson.databind;
    requires jdk.httpserver;

    exports org.pocx.aggregator.bench;
}
