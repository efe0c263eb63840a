package org.pocx.aggregator.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.pocx.aggregator.http.testkit.TlsIdentities;

/** A client that sends its requests on a route, and accepts every issuer of certificates. */
final class RouteClient implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(60);
    static final String SETTING = "upstream.proxy";

    /** Knows two names. */
    private static final HostResolver NAMES = host -> {
        if (HostNames.isAddress(host)) {
            return HostResolver.system().resolve(host);
        }
        if (host.equals("mining_node") || host.equals("node.example")) {
            return List.of(InetAddress.getLoopbackAddress());
        }
        throw new UnknownHostException(host);
    };

    private final OutboundRoute route;
    private final HttpClient client;

    RouteClient(String url, String host, int port, ProxySettings proxy, Duration connectTimeout, HostResolver names) {
        route = OutboundRoute.to(OutboundTarget.of(URI.create(url), host, port), proxy, connectTimeout, names);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(TlsIdentities.anyServer());
        route.configure(builder);
        client = builder.build();
    }

    /** A client whose names only a proxy can resolve. */
    static RouteClient to(String scheme, String host, int port, String proxy) {
        return to(scheme, host, port, proxy, LONG);
    }

    static RouteClient to(String scheme, String host, int port, String proxy, Duration connectTimeout) {
        return new RouteClient(
                scheme + "://" + host + ":" + port + "/rpc?a=b", host, port, ProxySettings.parse(proxy, SETTING),
                connectTimeout, NAMES);
    }

    /** Sends a request that is answered. */
    String post(String body) throws Exception {
        try (OutboundCall call = route.call()) {
            HttpResponse<String> response = send(call, body);
            assertThat(call.failure().or(() -> call.failureIn(response.statusCode(), response.headers())))
                    .isEmpty();
            return response.body();
        }
    }

    /** Sends a request that the target does not answer. */
    DialFailure failure() throws InterruptedException {
        try (OutboundCall call = route.call()) {
            try {
                HttpResponse<String> response = send(call, "x");
                return call.failure()
                        .or(() -> call.failureIn(response.statusCode(), response.headers()))
                        .orElseThrow(() -> new AssertionError("answered: " + response.statusCode()));
            } catch (IOException lost) {
                return call.failure().orElseThrow(() -> new AssertionError("not a failure to connect", lost));
            }
        }
    }

    private HttpResponse<String> send(OutboundCall call, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(route.requestUrl()).POST(BodyPublishers.ofString(body));
        call.prepare(request);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.shutdownNow();
        route.close();
    }
}
