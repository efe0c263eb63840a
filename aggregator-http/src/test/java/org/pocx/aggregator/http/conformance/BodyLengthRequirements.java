package org.pocx.aggregator.http.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.http.testkit.RawHttpResponse;

/** RFC 9112, section 6: where a request's body ends, and requests that two programs could end in two places (11.2). */
interface BodyLengthRequirements extends Requirements {
    /** RFC 9112, 6: the presence of a body is signalled by Content-Length or Transfer-Encoding, whatever the method. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"GET", "POST", "DELETE", "OPTIONS", "FOO"})
    default void bodyOfAnyMethod_isDelimited(String method) throws IOException {
        assertThat(assertServed(method + " /a HTTP/1.1⏎Host: x⏎Content-Length: 3⏎⏎abc").body()).isEqualTo("abc");
        assertThat(assertServed(method + " /a HTTP/1.1⏎Host: x⏎Transfer-Encoding: chunked⏎⏎3⏎abc⏎0⏎⏎").body())
                .isEqualTo("abc");
    }

    /** RFC 9112, 6.3, rule 7: without either the body is empty. */
    @Test
    default void requestWithoutALength_hasNoBody() throws IOException {
        assertThat(assertServed("POST /a HTTP/1.1⏎Host: x⏎⏎").body()).isEmpty();
    }

    /** RFC 9112, 6.3, rule 5: an invalid Content-Length must be answered 400. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "plus sign | +3",
        "minus sign | -3",
        "hexadecimal | 0x3",
        "letters | abc",
        "inner space | 3 3",
        "fraction | 3.0",
        "exponent | 3e0",
        "quoted | \"3\"",
        "semicolon | 3;a",
        "different values in a list | '3, 4'",
        "vertical tab | 3␋",
        "digit beyond ASCII | ²",
        "underscore | 1_0"
    })
    default void invalidContentLength_isRejected(String label, String value) throws IOException {
        assertRejected("POST /a HTTP/1.1⏎Host: x⏎Content-Length: " + value + "⏎⏎abc", 400);
    }

    /** RFC 9110, 8.6: a Content-Length has at least one digit. */
    @Test
    default void emptyContentLength_isRejected() throws IOException {
        assertRejected("POST /a HTTP/1.1⏎Host: x⏎Content-Length:⏎⏎", 400);
    }

    /** RFC 9112, 6.3, rule 5: two different lengths must be answered 400. */
    @Test
    default void twoDifferentContentLengths_areRejected() throws IOException {
        assertRejected("POST /a HTTP/1.1⏎Host: x⏎Content-Length: 3⏎Content-Length: 4⏎⏎abc", 400);
    }

    /** RFC 9112, 6.3, rule 5: a length that is given twice is rejected, or taken as one. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "two lines | Content-Length: 3⏎Content-Length: 3", "list | Content-Length: 3, 3"
    })
    default void lengthThatIsGivenTwice_isRejectedOrTakenAsOne(String label, String fields) throws IOException {
        assertRejectedOrServed("POST /a HTTP/1.1⏎Host: x⏎" + fields + "⏎⏎abc", "/a", "abc", 400);
    }

    /** RFC 9110, 8.6: leading zeros do not change a length; a server may reject them. */
    @Test
    default void lengthWithLeadingZeros_isDecimal() throws IOException {
        assertRejectedOrServed("POST /a HTTP/1.1⏎Host: x⏎Content-Length: 0010⏎⏎0123456789", "/a", "0123456789", 400);
    }

    /** RFC 9110, 8.6: a length beyond the server's integers must not become a small one. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"4294967299", "9223372036854775808", "18446744073709551619",
        "100000000000000000000000000000000000003"})
    default void lengthBeyondIntegers_doesNotOverflow(String length) throws IOException {
        assertNothingIsServedAfter("POST /a HTTP/1.1⏎Host: x⏎Content-Length: " + length + "⏎⏎abc");
        assertThat(server().seen()).isEmpty();
    }

    /** RFC 9112, 6.3, rule 6 and 8: a body that ends too early must not be taken as complete. */
    @Test
    default void bodyThatEndsTooEarly_reachesNoHandlerAsAWholeOne() throws IOException {
        List<RawHttpResponse> responses = exchange("POST /a HTTP/1.1⏎Host: x⏎Content-Length: 10⏎⏎abc");
        assertThat(responses).extracting(RawHttpResponse::status).doesNotContain(200);
        assertThat(server().seen()).isEmpty();
    }

    /** RFC 9112, 6.1: both lengths at once are rejected, or Transfer-Encoding counts and the connection is closed after it. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "Content-Length first | Content-Length: 5⏎Transfer-Encoding: chunked",
        "Transfer-Encoding first | Transfer-Encoding: chunked⏎Content-Length: 5"
    })
    default void bothLengths_areRejectedOrCloseTheConnection(String label, String fields) throws IOException {
        assertNothingIsServedAfter("POST /a HTTP/1.1⏎Host: x⏎" + fields + "⏎⏎0⏎⏎");
        assertThat(server().seen()).extracting(SeenRequest::body).allMatch(String::isEmpty);
    }

    /** RFC 9112, 6.1: a Transfer-Encoding in HTTP/1.0 is a framing error: the connection is closed after the message. */
    @Test
    default void transferEncodingInHttp10_closesTheConnection() throws IOException {
        assertNothingIsServedAfter("POST /a HTTP/1.0⏎Connection: keep-alive⏎Transfer-Encoding: chunked⏎⏎0⏎⏎");
    }

    /**
     * RFC 9112, 6.3, rule 4: where chunked is not the last coding, the request must be answered 400. 6.1: a coding that the server
     * does not understand should be answered 501; chunked is applied once.
     */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "identity | Transfer-Encoding: identity",
        "identity after | Transfer-Encoding: chunked, identity",
        "gzip after | Transfer-Encoding: chunked, gzip",
        "second line | Transfer-Encoding: chunked⏎Transfer-Encoding: identity",
        "other word | Transfer-Encoding: xchunked",
        "longer word | Transfer-Encoding: chunkedx",
        "empty | Transfer-Encoding:",
        "gzip before | Transfer-Encoding: gzip, chunked",
        "unknown before | Transfer-Encoding: foo⏎Transfer-Encoding: chunked",
        "chunked twice | Transfer-Encoding: chunked, chunked",
        "chunked in two lines | Transfer-Encoding: chunked⏎Transfer-Encoding: chunked",
        "parameter | Transfer-Encoding: chunked;a=b",
        "quoted | Transfer-Encoding: \"chunked\"",
        "vertical tab | Transfer-Encoding: ␋chunked",
        "vertical tab after | Transfer-Encoding: chunked␋",
        "CR | Transfer-Encoding: chu␍nked"
    })
    default void codingThatIsNotUnderstood_isRejected(String label, String field) throws IOException {
        assertRejected("POST /a HTTP/1.1⏎Host: x⏎" + field + "⏎⏎0⏎⏎", 400, 501);
    }

    /** RFC 9112, 7 and RFC 9110, 5.6.1: codings are case-insensitive; empty members of a list count for nothing. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "other case | Chunked", "white space | '␉chunked '", "folded | '⏎ chunked'",
        "empty member before | ', chunked'", "after | 'chunked,'"
    })
    default void chunkedInAnotherSpelling_isChunkedOrRejected(String label, String coding) throws IOException {
        assertRejectedOrServed(
                "POST /a HTTP/1.1⏎Host: x⏎Transfer-Encoding: " + coding + "⏎⏎3⏎abc⏎0⏎⏎", "/a", "abc", 400, 501);
    }
}
