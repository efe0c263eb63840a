/** HTTP/1.1 for programs: an engine behind {@code com.sun.net.httpserver}, and outgoing connections for {@code java.net.http}. */
module org.pocx.aggregator.http {
    requires static org.jspecify;
    requires transitive java.net.http;
    requires transitive jdk.httpserver;

    exports org.pocx.aggregator.http;
    exports org.pocx.aggregator.http.outbound;
    exports org.pocx.aggregator.http.routing;
}
