package org.pocx.aggregator.http.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.http.testkit.RawHttpResponse;

/** RFC 9112, sections 2 and 3: the request line, its version and its target. */
interface RequestLineRequirements extends Requirements {
    /** RFC 9112, 2.2: at least one empty line before the request line should be ignored. */
    @Test
    default void emptyLineBeforeTheRequestLine_isIgnored() throws IOException {
        assertThat(assertServed("⏎GET /a HTTP/1.1⏎Host: x⏎⏎").path()).isEqualTo("/a");
    }

    /** RFC 9112, 2.2: a line feed alone may end a line of the head; a server that does not accept it rejects the request. */
    @Test
    default void lineFeedAloneInTheHead_endsALineOrIsRejected() throws IOException {
        assertRejectedOrServed("POST /a HTTP/1.1␊Host: x␊Content-Length: 1␊␊b", "/a", "b", 400);
    }

    /** RFC 9112, 2.2: white space between the request line and the first field must not make a field of that line. */
    @Test
    default void whitespaceBeforeTheFirstField_isRejectedOrIgnored() throws IOException {
        assertRejectedOrServed("GET /a HTTP/1.1⏎ Content-Length: 30⏎Host: x⏎⏎", "/a", "", 400);
    }

    /** RFC 9112, 2.2 and 3: what is no request is answered 400, and the connection closed. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "no version | GET /a⏎Host: x⏎⏎",
        "HTTP/0.9 | GET /a⏎",
        "one word | GET⏎⏎",
        "two spaces | GET  /a HTTP/1.1⏎Host: x⏎⏎",
        "space in the target | GET /a b HTTP/1.1⏎Host: x⏎⏎",
        "trailing space | GET /a HTTP/1.1 ⏎Host: x⏎⏎",
        "leading space | ' GET /a HTTP/1.1⏎Host: x⏎⏎'",
        "tab as separator | GET␉/a HTTP/1.1⏎Host: x⏎⏎",
        "method is no token | G(T /a HTTP/1.1⏎Host: x⏎⏎",
        "NUL in the target | GET /a␀b HTTP/1.1⏎Host: x⏎⏎",
        "CR in the target | GET /a␍b HTTP/1.1⏎Host: x⏎⏎",
        "TLS handshake | '\u0016\u0003\u0001 hello⏎⏎'",
        "lower-case protocol | GET /a http/1.1⏎Host: x⏎⏎",
        "other protocol | GET /a ICAP/1.0⏎Host: x⏎⏎"
    })
    default void brokenRequestLine_isRejected(String label, String request) throws IOException {
        assertRejected(request, 400);
    }

    /** RFC 9112, 2.3: a version has one digit on each side. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"HTTP/1.10", "HTTP/01.1", "HTTP/1", "HTTP/1.", "HTTP/.1", "HTTP/1.1x", "HTTP/+1.1"})
    default void brokenVersion_isRejected(String version) throws IOException {
        assertRejected("GET /a " + version + "⏎Host: x⏎⏎", 400, 505);
    }

    /** RFC 9110, 2.5: a higher minor version of HTTP/1 is processed as HTTP/1.1. */
    @Test
    default void higherMinorVersion_isServed() throws IOException {
        assertThat(assertServed("GET /a HTTP/1.2⏎Host: x⏎⏎").path()).isEqualTo("/a");
    }

    /** RFC 9110, 15.6.6: another major version is not served. The preface of HTTP/2 is one (RFC 9113, 3.4). */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "HTTP/2.0 | GET /a HTTP/2.0⏎Host: x⏎⏎",
        "HTTP/3.0 | GET /a HTTP/3.0⏎Host: x⏎⏎",
        "HTTP/0.9 with a version | GET /a HTTP/0.9⏎Host: x⏎⏎",
        "preface of HTTP/2 | PRI * HTTP/2.0⏎⏎SM⏎⏎"
    })
    default void otherMajorVersion_isRejected(String label, String request) throws IOException {
        assertRejected(request, 400, 505);
    }

    /** RFC 9110, 9.1: the method is case-sensitive, and the handler decides which it knows. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"GET", "get", "M-SEARCH", "!#$%&'*+-.^_`|~"})
    default void method_reachesTheHandlerUnchanged(String method) throws IOException {
        assertThat(assertServed(method + " /a HTTP/1.1⏎Host: x⏎⏎").method()).isEqualTo(method);
    }

    /** RFC 9112, 3: request lines of 8,000 octets should be supported. */
    @Test
    default void requestLineOf8000Octets_isServed() throws IOException {
        String target = "/" + "a".repeat(8_000 - "GET / HTTP/1.1".length());
        assertThat(assertServed("GET " + target + " HTTP/1.1⏎Host: x⏎⏎").path()).isEqualTo(target);
    }

    /** RFC 9112, 3: a target longer than the server wishes to parse must be answered 414. */
    @Test
    default void targetThatIsTooLong_isAnswered414() throws IOException {
        assertRejected("GET /" + "a".repeat(2_000_000) + " HTTP/1.1⏎Host: x⏎⏎", 414);
    }

    /** RFC 9112, 3.2.1: the origin form has a path and a query. */
    @Test
    default void originForm_hasPathAndQuery() throws IOException {
        SeenRequest seen = assertServed("GET /a/b%20c?d=e?f/ HTTP/1.1⏎Host: x⏎⏎");
        assertThat(seen.path()).isEqualTo("/a/b c");
        assertThat(seen.query()).contains("d=e?f/");
    }

    /** RFC 9112, 3.2.1 and RFC 3986, 3.3: a path may begin with two slashes; what follows them is no host. */
    @Test
    default void pathThatBeginsWithTwoSlashes_isAPath() throws IOException {
        assertThat(assertServed("GET //a/b HTTP/1.1⏎Host: x⏎⏎").path()).isEqualTo("//a/b");
    }

    /** RFC 9112, 3.2: what is none of the four forms is rejected; so is a fragment, and a form that is another method's. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"a", "a/b", "?a", "/a#b", "/a%", "/a%zz", "/a\"b", "/a\\b", "mailto:x", "*", "http:a",
        "http:///a"})
    default void brokenTarget_isRejected(String target) throws IOException {
        assertRejected("GET " + target + " HTTP/1.1⏎Host: x⏎⏎", 400);
    }

    /** RFC 9112, 3.2.3: the authority form is for CONNECT, which an origin server need not have. */
    @Test
    default void connect_isRejected() throws IOException {
        assertRejected("CONNECT a:80 HTTP/1.1⏎Host: a:80⏎⏎", 400, 404, 405, 501);
    }

    /** RFC 9112, 3.2.4: the asterisk form is for OPTIONS; a server may not have the method, but knows the form. */
    @Test
    default void asteriskForm_isUnderstood() throws IOException {
        List<RawHttpResponse> responses = exchange("OPTIONS * HTTP/1.1⏎Host: x⏎⏎");
        assertThat(responses).extracting(RawHttpResponse::status).singleElement().isIn(200, 204, 404, 405, 501);
    }
}
