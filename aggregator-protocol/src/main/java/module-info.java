/** JSON-RPC: the codec, the server for miners, the client for the pool or wallet. */
module org.pocx.aggregator.protocol {
    requires static org.jspecify;
    requires transitive org.pocx.aggregator.core;
    requires com.fasterxml.jackson.core;
    requires java.net.http;
    requires transitive jdk.httpserver;
    requires transitive org.pocx.aggregator.http;

    exports org.pocx.aggregator.protocol;
    exports org.pocx.aggregator.protocol.client;
    exports org.pocx.aggregator.protocol.jsonrpc;
    exports org.pocx.aggregator.protocol.server;
    exports org.pocx.aggregator.protocol.tls;
}
