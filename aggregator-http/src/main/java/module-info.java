/** An HTTP/1.1 engine behind {@code com.sun.net.httpserver}. */
module org.pocx.aggregator.http {
    requires static org.jspecify;
    requires transitive jdk.httpserver;

    exports org.pocx.aggregator.http;
    exports org.pocx.aggregator.http.routing;
}
