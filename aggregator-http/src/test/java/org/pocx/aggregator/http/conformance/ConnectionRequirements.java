package org.pocx.aggregator.http.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.http.testkit.RawHttpResponse;

/** RFC 9112, section 9: how long a connection lasts, pipelining, and peers that are slow or half gone. */
interface ConnectionRequirements extends Requirements {
    /** RFC 9112, 9.3: a connection of HTTP/1.1 persists. */
    @Test
    default void connection_persists() throws IOException {
        try (RawHttpClient client = server().connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.exchange(RawHttpClient.post("/a", "b" + i)).body()).isEqualTo("/a b" + i);
            }
        }
    }

    /** RFC 9112, 9.6: after the response to a request with the option close, the connection ends. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "close | Connection: close",
        "other case | connection: Close",
        "in a list | Connection: foo, close",
        "second line | Connection: foo⏎Connection: close",
        "with keep-alive | Connection: keep-alive, close",
        "empty members | Connection: , close,"
    })
    default void closeOption_endsTheConnection(String label, String field) throws IOException {
        try (RawHttpClient client = server().connect()) {
            client.send(wire("GET /a HTTP/1.1⏎Host: x⏎" + field + "⏎⏎"));
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.finishSending().isClosed()).isTrue();
        }
    }

    /** RFC 9112, 9.6: the last response on a connection should say close. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"HTTP/1.1⏎Host: x⏎Connection: close⏎⏎", "HTTP/1.0⏎⏎"})
    default void lastResponse_saysClose(String rest) throws IOException {
        assertThat(exchange("GET /a " + rest)).extracting(RawHttpResponse::closes).containsExactly(true);
    }

    /** RFC 9112, 9.6: no request that follows the one with close is served. */
    @Test
    default void requestAfterClose_isNotServed() throws IOException {
        assertNothingIsServedAfter("GET /a HTTP/1.1⏎Host: x⏎Connection: close⏎⏎");
    }

    /** RFC 9112, 9.3: a connection of HTTP/1.0 ends, unless both sides want to keep it. */
    @Test
    default void connectionOfHttp10_ends() throws IOException {
        try (RawHttpClient client = server().connect()) {
            client.send(wire("GET /a HTTP/1.0⏎⏎"));
            assertThat(client.read().body()).isEqualTo("/a ");
            assertThat(client.isClosed()).isTrue();
        }
    }

    /** RFC 9112, 9.3 and C.2.2: a client of HTTP/1.0 that asks for it may keep its connection, and is told so. */
    @Test
    default void keepAliveInHttp10_isAnnouncedOrNotDone() throws IOException {
        List<RawHttpResponse> responses = exchange("GET /a HTTP/1.0⏎Connection: Keep-Alive⏎⏎" + NEXT);
        boolean kept = responses.size() == 2;
        String announced = responses.get(0).headers().getOrDefault("connection", "");
        assertThat(announced.equalsIgnoreCase("keep-alive")).isEqualTo(kept);
    }

    /** RFC 9112, 9.3: the option close is stronger than keep-alive. */
    @Test
    default void closeWithKeepAliveInHttp10_endsTheConnection() throws IOException {
        assertNothingIsServedAfter("GET /a HTTP/1.0⏎Connection: keep-alive, close⏎⏎");
    }

    /** RFC 9112, 9.3.2: pipelined requests are answered in order. */
    @Test
    default void pipelinedRequests_areAnsweredInOrder() throws IOException {
        StringBuilder requests = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            requests.append("POST /").append(i).append(" HTTP/1.1⏎Host: x⏎");
            requests.append(i % 2 == 0 ? "Content-Length: 3⏎⏎abc" : "Transfer-Encoding: chunked⏎⏎3⏎abc⏎0⏎⏎");
            expected.add("/" + i + " abc");
        }
        assertThat(exchange(requests.toString())).extracting(RawHttpResponse::body).isEqualTo(expected);
    }

    /** RFC 9112, 9.3.2 and 9.6: after an error in the middle, the requests before it are answered, those after it not. */
    @Test
    default void errorInAPipeline_endsIt() throws IOException {
        List<RawHttpResponse> responses = exchange(NEXT + "GET /a HTTP/1.1⏎Host: x⏎b : c⏎⏎" + NEXT);
        assertThat(responses).extracting(RawHttpResponse::status).containsExactly(200, 400);
        assertThat(server().seen()).hasSize(1);
    }

    /** RFC 9112, 9.3: a body that the handler leaves must be read, or the connection closed: it is no request. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "Content-Length | Content-Length: 31⏎⏎GET /next HTTP/1.1⏎Host: x⏎⏎",
        "chunked | Transfer-Encoding: chunked⏎⏎1f⏎GET /next HTTP/1.1⏎Host: x⏎⏎⏎0⏎⏎"
    })
    default void bodyThatTheHandlerLeaves_isNoRequest(String label, String rest) throws IOException {
        List<RawHttpResponse> responses = exchange("POST /unread HTTP/1.1⏎Host: x⏎" + rest);
        assertThat(responses).extracting(RawHttpResponse::status).containsExactly(200);
        assertThat(server().seen()).isEmpty();
    }

    /** RFC 9112, 9.6: closing while the client still sends must not cost it the response. */
    @Test
    default void largeBodyThatTheHandlerLeaves_doesNotCostTheResponse() throws IOException {
        try (RawHttpClient client = server().connect()) {
            client.send(wire("POST /unread HTTP/1.1⏎Host: x⏎Content-Length: 8000000⏎⏎" + "a".repeat(8_000_000)));
            assertThat(client.finishSending().readAll())
                    .extracting(RawHttpResponse::status)
                    .containsExactly(200);
        }
    }

    /** RFC 9112, 9: a request may come in any number of pieces. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "length | POST /a HTTP/1.1⏎Host: x⏎Content-Length: 3⏎⏎abc",
        "chunked | POST /a HTTP/1.1⏎Host: x⏎Transfer-Encoding: chunked⏎⏎3;a=b⏎abc⏎0⏎⏎"
    })
    default void requestByteByByte_isServed(String label, String request) throws IOException {
        try (RawHttpClient client = server().connect()) {
            for (byte one : wire(request + NEXT)) {
                client.send(new byte[] {one});
            }
            assertThat(client.finishSending().readAll())
                    .extracting(RawHttpResponse::body)
                    .containsExactly("/a abc", "/next ");
        }
    }

    /** RFC 9112, 9.6: a client that has closed its sending half can still read the response. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"/a", "/stream"})
    default void halfClosedClient_isAnswered(String path) throws IOException {
        assertThat(exchange("GET " + path + " HTTP/1.1⏎Host: x⏎⏎"))
                .extracting(RawHttpResponse::status)
                .containsExactly(200);
    }

    /** RFC 9112, 9.5: a connection that ends within a request gets no other client's response, and harms nobody. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {"nothing | ''", "request line | GET /a", "head | GET /a HTTP/1.1⏎Host: x⏎"})
    default void connectionThatEndsWithinAHead_isDropped(String label, String start) throws IOException {
        assertThat(exchange(start)).extracting(RawHttpResponse::status).doesNotContain(200);
        assertThat(server().seen()).isEmpty();
    }

    /** Clients that send half a request do not keep others waiting. */
    @Test
    default void clientsWithHalfARequest_doNotKeepOthersWaiting() throws IOException {
        List<RawHttpClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                slow.add(server().connect().send(wire("POST /a HTTP/1.1⏎Host: x⏎Content-Length: 9⏎⏎a")));
                slow.add(server().connect().send(wire("GET /a HTTP/1.1⏎Ho")));
            }
            assertThat(exchange(NEXT)).extracting(RawHttpResponse::status).containsExactly(200);
        } finally {
            for (RawHttpClient client : slow) {
                client.close();
            }
        }
    }

    /** Clients that do not read do not keep others waiting; when they go, the handler gets an exception. */
    @Test
    default void clientsThatDoNotRead_doNotKeepOthersWaiting() throws Exception {
        List<RawHttpClient> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                deaf.add(server().connect().send(RawHttpClient.get("/big")));
            }
            assertThat(exchange(NEXT)).extracting(RawHttpResponse::status).containsExactly(200);
        } finally {
            for (RawHttpClient client : deaf) {
                client.close();
            }
        }
        server().bigResponseFailed().await();
    }
}
