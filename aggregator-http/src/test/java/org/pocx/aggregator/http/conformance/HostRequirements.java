package org.pocx.aggregator.http.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112, section 3.2: the Host field, and targets in absolute form. */
interface HostRequirements extends Requirements {
    /** RFC 9112, 3.2: a request of HTTP/1.1 without Host must be answered 400. */
    @Test
    default void missingHost_isRejected() throws IOException {
        assertRejected("GET /a HTTP/1.1⏎⏎", 400);
    }

    /** RFC 9112, 3.2: a request of HTTP/1.0 needs no Host. */
    @Test
    default void missingHostInHttp10_isServed() throws IOException {
        assertThat(exchange("GET /a HTTP/1.0⏎⏎")).singleElement().matches(response -> response.status() == 200);
    }

    /** RFC 9112, 3.2: more than one Host must be answered 400. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "equal | GET /a HTTP/1.1⏎Host: x⏎Host: x⏎⏎",
        "different | GET /a HTTP/1.1⏎Host: x⏎Host: y⏎⏎",
        "other case | GET /a HTTP/1.1⏎Host: x⏎hOST: x⏎⏎",
        "HTTP/1.0 | GET /a HTTP/1.0⏎Host: x⏎Host: y⏎⏎",
        "absolute form | GET http://x/a HTTP/1.1⏎Host: x⏎Host: y⏎⏎"
    })
    default void twoHosts_areRejected(String label, String request) throws IOException {
        assertRejected(request, 400);
    }

    /** RFC 9112, 3.2: an invalid Host must be answered 400. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {
        "x y", "x/y", "me@x", "x:80:80", "x:port", "http://x", "x\\y", "[::1", "x?y", "x#y", "x,y z", "x\"", "<x>"
    })
    default void invalidHost_isRejected(String host) throws IOException {
        assertRejected("GET /a HTTP/1.1⏎Host: " + host + "⏎⏎", 400);
    }

    /** RFC 9110, 7.2 and RFC 3986, 3.2.2: names, addresses, an empty port, and an empty host are valid. */
    @ParameterizedTest(name = "Host: {0}", quoteTextArguments = false)
    @ValueSource(strings = {"x", "x:80", "x:", "mining_node:8080", "10.0.0.1", "[::1]:80", "", "a.b-c."})
    default void validHost_isServed(String host) throws IOException {
        assertThat(assertServed("GET /a HTTP/1.1⏎Host:" + host + "⏎⏎").values("Host")).containsExactly(host);
    }

    /** RFC 9112, 3.2.2: the absolute form must be accepted. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "http://x/a | /a", "HTTP://x/a | /a", "http://x:80/a?b | /a", "https://x/a | /a", "http://x | /",
        "http://x?b | /"
    })
    default void absoluteForm_isServed(String target, String path) throws IOException {
        assertThat(assertServed("GET " + target + " HTTP/1.1⏎Host: x⏎⏎").path()).isEqualTo(path);
    }

    /** RFC 9112, 3.2.2: the host of a target in absolute form replaces the one of the Host field. */
    @Test
    default void hostOfTheAbsoluteForm_replacesTheField() throws IOException {
        assertThat(assertServed("GET http://one:81/a HTTP/1.1⏎Host: two⏎⏎").values("Host")).containsExactly("one:81");
    }

    /** RFC 9110, 4.2.4: user information in a target is an error. */
    @Test
    default void userInformationInTheTarget_isRejected() throws IOException {
        assertRejected("GET http://me@x/a HTTP/1.1⏎Host: x⏎⏎", 400);
    }
}
