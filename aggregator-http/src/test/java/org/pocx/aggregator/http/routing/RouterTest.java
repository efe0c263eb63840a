package org.pocx.aggregator.http.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.http.AdmissionControl;
import org.pocx.aggregator.http.EngineLimits;
import org.pocx.aggregator.http.HttpEngine;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.http.testkit.RawHttpResponse;

@Timeout(180)
class RouterTest {
    private final Router router = new Router(new TextFallback())
            .get("/text", exchange -> Responses.text(exchange, 200, "grün"))
            .get("/json", exchange -> Responses.json(exchange, 503, "{}".getBytes(StandardCharsets.UTF_8)))
            .get("/nothing", exchange -> Responses.text(exchange, 200, ""))
            .post("/post", exchange -> Responses.empty(exchange, 204));
    private HttpServer server;
    private RawHttpClient client;

    private static final class TextFallback implements Router.Fallback {
        @Override
        public void notFound(HttpExchange exchange) throws IOException {
            Responses.text(exchange, 404, "none");
        }

        @Override
        public void methodNotAllowed(HttpExchange exchange, String allowed) throws IOException {
            Responses.text(exchange, 405, "use " + allowed);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = new HttpEngine(AdmissionControl.ADMIT_ALL, EngineLimits.DEFAULT, () -> Instant.EPOCH)
                .createHttpServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", router);
        server.start();
        client = new RawHttpClient(server.getAddress());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GET | /text | 200 | text/plain; charset=utf-8 | grün",
        "GET | /json | 503 | application/json | {}",
        "GET | /nothing | 200 | text/plain; charset=utf-8 | ''",
        "GET | /other | 404 | text/plain; charset=utf-8 | none",
        "GET | /text/ | 404 | text/plain; charset=utf-8 | none",
        "POST | /text | 405 | text/plain; charset=utf-8 | 'use GET, HEAD'",
        "GET | //text | 200 | text/plain; charset=utf-8 | grün",
        "GET | ///text// | 404 | text/plain; charset=utf-8 | none",
        "GET | /post | 405 | text/plain; charset=utf-8 | use POST",
        "GET | //post/ | 405 | text/plain; charset=utf-8 | use POST"
    })
    void request_isAnsweredByItsRoute(String method, String path, int status, String type, String body)
            throws IOException {
        RawHttpResponse response = client.exchange(method + " " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers()).containsEntry("content-type", type);
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void otherMethod_isAnsweredWithAllow() throws IOException {
        assertThat(client.exchange(RawHttpClient.post("/text", "")).headers()).containsEntry("allow", "GET, HEAD");
    }

    @Test
    void head_hasTheFieldsOfGetAndNoBody() throws IOException {
        client.send("HEAD /text HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(client.readHead().headers()).containsEntry("content-length", "5");
        assertThat(client.exchange(RawHttpClient.post("/post", "abc")).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/post/", "//post", "/post//", "///post///"})
    void postWithDoubledOrTrailingSlashes_isAnswered(String path) throws IOException {
        assertThat(client.exchange(RawHttpClient.post(path, "abc")).status()).isEqualTo(204);
    }

    @Test
    void secondRouteForAPath_isRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> router.post("/text", exchange -> {}));
    }
}
