package org.pocx.aggregator.http.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.http.testkit.RawHttpResponse;

/** RFC 9112, sections 4 and 6, and RFC 9110: what a response must have. That it follows the grammar, all tests check. */
interface ResponseRequirements extends Requirements {
    /** RFC 9110, 6.6.1: a response of 2xx, 3xx or 4xx must have a Date, in the form of 5.6.7. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "200 | GET /a HTTP/1.1⏎Host: x⏎⏎",
        "204 | GET /204 HTTP/1.1⏎Host: x⏎⏎",
        "304 | GET /304 HTTP/1.1⏎Host: x⏎⏎",
        "400 | GET /a HTTP/1.1⏎Host: x⏎b : c⏎⏎"
    })
    default void response_hasADate(int status, String request) throws IOException {
        RawHttpResponse response = exchange(request).get(0);
        assertThat(response.status()).isEqualTo(status);
        String date = response.headers().get("date");
        assertThat(date).isNotNull().endsWith(" GMT").hasSize("Sun, 06 Nov 1994 08:49:37 GMT".length());
        DateTimeFormatter.RFC_1123_DATE_TIME.parse(date);
    }

    /** RFC 9110, 9.3.2: a response to HEAD has the fields of GET, and no content. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"/a", "/stream"})
    default void responseToHead_hasNoContent(String path) throws IOException {
        Map<String, String> get = exchange("GET " + path + " HTTP/1.1⏎Host: x⏎⏎").get(0).headers();
        try (RawHttpClient client = server().connect()) {
            client.send(wire("HEAD " + path + " HTTP/1.1⏎Host: x⏎⏎" + NEXT)).finishSending();
            RawHttpResponse head = client.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers().keySet()).isSubsetOf(get.keySet());
            assertThat(head.headers().get("content-length")).isIn(get.get("content-length"), null);
            assertThat(client.readAll()).extracting(RawHttpResponse::body).containsExactly("/next ");
        }
    }

    /** RFC 9110, 8.6 and RFC 9112, 6.1: a response of 204 has neither length; RFC 9112, 6.3: neither it nor 304 has a body. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"204", "304"})
    default void bodilessStatus_hasNoBody(String status) throws IOException {
        List<RawHttpResponse> responses = exchange("GET /" + status + " HTTP/1.1⏎Host: x⏎⏎" + NEXT);
        assertThat(responses).extracting(RawHttpResponse::status).containsExactly(Integer.parseInt(status), 200);
        assertThat(responses.get(0).headers()).doesNotContainKey("transfer-encoding");
        if (status.equals("204")) {
            assertThat(responses.get(0).headers()).doesNotContainKey("content-length");
        }
    }

    /** RFC 9112, 6.3: a response without a body says so, or the connection ends with it. */
    @Test
    default void emptyResponse_isDelimited() throws IOException {
        List<RawHttpResponse> responses = exchange("GET /unread HTTP/1.1⏎Host: x⏎⏎" + NEXT);
        assertThat(responses).extracting(RawHttpResponse::status).containsExactly(200, 200);
    }

    /** RFC 9112, 7.1: content of unknown length is sent in chunks to a client of HTTP/1.1. */
    @Test
    default void contentOfUnknownLength_isChunked() throws IOException {
        List<RawHttpResponse> responses = exchange("GET /stream HTTP/1.1⏎Host: x⏎⏎" + NEXT);
        assertThat(responses).extracting(RawHttpResponse::body).containsExactly("onetwo", "/next ");
    }

    /** RFC 9112, 6.1: a client of HTTP/1.0 must not be sent a Transfer-Encoding. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"close", "keep-alive"})
    default void contentOfUnknownLengthForHttp10_endsWithTheConnection(String connection) throws IOException {
        List<RawHttpResponse> responses = exchange("GET /stream HTTP/1.0⏎Connection: " + connection + "⏎⏎");
        assertThat(responses).extracting(RawHttpResponse::body).containsExactly("onetwo");
        assertThat(responses.get(0).headers()).doesNotContainKey("transfer-encoding");
    }

    /** RFC 9110, 10.1.1: a client that expects 100-continue gets it before its body is read, or a final response. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"100-continue", "100-Continue"})
    default void expectedContinue_isSentBeforeTheBody(String expectation) throws IOException {
        try (RawHttpClient client = server().connect()) {
            client.send(wire("POST /a HTTP/1.1⏎Host: x⏎Expect: " + expectation + "⏎Content-Length: 3⏎⏎"));
            RawHttpResponse interim = client.read();
            assertThat(interim.status()).isEqualTo(100);
            assertThat(interim.headers()).doesNotContainKeys("content-length", "transfer-encoding");
            client.send("abc").finishSending();
            assertThat(client.readAll()).extracting(RawHttpResponse::body).containsExactly("/a abc");
        }
    }

    /** RFC 9110, 10.1.1: a client of HTTP/1.0 must not be sent 100. */
    @Test
    default void expectationInHttp10_isIgnored() throws IOException {
        try (RawHttpClient client = server().connect()) {
            client.send(wire("POST /a HTTP/1.0⏎Expect: 100-continue⏎Content-Length: 3⏎⏎abc")).finishSending();
            assertThat(client.readAll()).extracting(RawHttpResponse::status).containsExactly(200);
        }
    }

    /** RFC 9110, 10.1.1: a body that was sent without waiting is read once, with 100 or without. */
    @Test
    default void bodyThatDoesNotWaitForContinue_isReadOnce() throws IOException {
        SeenRequest seen = assertServed("POST /a HTTP/1.1⏎Host: x⏎Expect: 100-continue⏎Content-Length: 3⏎⏎abc");
        assertThat(seen.body()).isEqualTo("abc");
    }

    /** RFC 9110, 10.1.1: a final response in place of 100: the body is read and passed over, or the connection closed. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {"body sent | abc", "body not sent | ''"})
    default void finalResponseInPlaceOfContinue_leavesNoBodyBehind(String label, String body) throws IOException {
        server().forget();
        try (RawHttpClient client = server().connect()) {
            client.send(wire("POST /unread HTTP/1.1⏎Host: x⏎Expect: 100-continue⏎Content-Length: 3⏎⏎" + body))
                    .finishSending();
            assertThat(client.readAll()).extracting(RawHttpResponse::status).last().isEqualTo(200);
        }
        assertThat(server().seen()).isEmpty();
    }

    /** RFC 9110, 10.1.1: other expectations may be answered 417. */
    @Test
    default void unknownExpectation_isRejectedOrIgnored() throws IOException {
        assertRejectedOrServed("POST /a HTTP/1.1⏎Host: x⏎Expect: rain⏎Content-Length: 3⏎⏎abc", "/a", "abc", 417);
    }

    /** RFC 9110, 7.8: an upgrade may be ignored; then the request is served by HTTP/1.1. */
    @Test
    default void upgrade_isIgnored() throws IOException {
        String fields = "Connection: Upgrade, HTTP2-Settings⏎Upgrade: h2c⏎HTTP2-Settings: AAMAAABk⏎";
        assertThat(assertServed("GET /a HTTP/1.1⏎Host: x⏎" + fields + "⏎").path()).isEqualTo("/a");
    }
}
