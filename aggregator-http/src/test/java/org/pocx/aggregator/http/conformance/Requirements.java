package org.pocx.aggregator.http.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.http.testkit.RawHttpResponse;

/**
 * What all tests of the suite share. Requests are written with ⏎ for CR LF, ␊ for LF, ␍ for CR, ␀ for NUL, ␉ for a tab and ␋
 * for a vertical tab, and sent as Latin-1.
 *
 * <p>A client sends all that it has to send, closes its sending half, and reads to the connection's end. So a server that is
 * wrong about the length of a request, or that waits for more, ends the test as well.
 */
interface Requirements {
    /** A request that follows the one that a test is about; the server must serve it, or must not. */
    String NEXT = "GET /next HTTP/1.1⏎Host: x⏎⏎";

    /** The server that the tests run against, the same for all of them. */
    ServerUnderTest server();

    /** The bytes of a request that is written as above. */
    default byte[] wire(String text) {
        return text.replace("⏎", "\r\n")
                .replace('␊', '\n')
                .replace('␍', '\r')
                .replace('␀', '\0')
                .replace('␉', '\t')
                .replace('␋', '\u000b')
                .getBytes(ISO_8859_1);
    }

    /** Sends everything, and returns the final responses. */
    default List<RawHttpResponse> exchange(String requests) throws IOException {
        server().forget();
        try (RawHttpClient client = server().connect()) {
            sendAll(client, wire(requests));
            return client.readAll().stream()
                    .filter(response -> !response.isInterim())
                    .toList();
        }
    }

    private static void sendAll(RawHttpClient client, byte[] bytes) throws IOException {
        try {
            client.send(bytes).finishSending();
        } catch (SocketException closed) {
            assertThat(bytes.length).as("bytes that a server need not read").isGreaterThan(100_000);
        }
    }

    /** The server serves this one request, and the one after it on the same connection. */
    default SeenRequest assertServed(String request) throws IOException {
        List<RawHttpResponse> responses = exchange(request + NEXT);
        assertThat(responses).extracting(RawHttpResponse::status).containsExactly(200, 200);
        List<SeenRequest> seen = server().seen();
        assertThat(seen).hasSize(2);
        assertThat(seen.get(1).path()).isEqualTo("/next");
        return seen.get(0);
    }

    /** The server answers this request with one of these statuses, shows it to no handler, and closes the connection. */
    default void assertRejected(String request, Integer... statuses) throws IOException {
        List<RawHttpResponse> responses = exchange(request + NEXT);
        assertThat(responses).extracting(RawHttpResponse::status).singleElement().isIn((Object[]) statuses);
        assertThat(server().seen()).isEmpty();
    }

    /** The server rejects it as above, or serves it as this one request, and the one after it. */
    default void assertRejectedOrServed(String request, String target, String body, Integer... statuses)
            throws IOException {
        List<RawHttpResponse> responses = exchange(request + NEXT);
        if (responses.size() == 1 && Arrays.asList(statuses).contains(responses.get(0).status())) {
            assertThat(server().seen()).isEmpty();
            return;
        }
        assertThat(responses).extracting(RawHttpResponse::status).containsExactly(200, 200);
        assertThat(server().seen())
                .extracting(SeenRequest::path, SeenRequest::body)
                .startsWith(tuple(target, body));
    }

    /** Whatever the server answers: no handler sees the request that follows, nor this one as a whole one. */
    default void assertNothingIsServedAfter(String request) throws IOException {
        List<RawHttpResponse> responses = exchange(request + NEXT);
        assertThat(responses.size()).isLessThanOrEqualTo(1);
        assertThat(server().seen()).extracting(SeenRequest::path).doesNotContain("/next");
    }
}
