package org.pocx.aggregator.http.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.http.testkit.RawHttpResponse;

/** RFC 9112, section 5, and RFC 9110, section 5: header fields. */
interface FieldRequirements extends Requirements {
    /** RFC 9112, 5.1: white space between a field's name and its colon must be answered 400. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "space | GET /a HTTP/1.1⏎Host: x⏎a : b⏎⏎",
        "tab | GET /a HTTP/1.1⏎Host: x⏎a␉: b⏎⏎",
        "Transfer-Encoding | POST /a HTTP/1.1⏎Host: x⏎Transfer-Encoding : chunked⏎⏎0⏎⏎",
        "Content-Length | POST /a HTTP/1.1⏎Host: x⏎Content-Length : 5⏎⏎"
    })
    default void whitespaceBeforeTheColon_isRejected(String label, String request) throws IOException {
        assertRejected(request, 400);
    }

    /** RFC 9112, 5 and RFC 9110, 5.1: a field has a name, which is a token, and a colon. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "no colon | abc",
        "no name | : b",
        "space in the name | a b: c",
        "parenthesis | a(: b",
        "NUL | a␀: b",
        "CR | a␍: b",
        "not ASCII | ä: b"
    })
    default void brokenField_isRejected(String label, String field) throws IOException {
        assertRejected("GET /a HTTP/1.1⏎Host: x⏎" + field + "⏎⏎", 400);
    }

    /** RFC 9112, 5.2: a folded line must be rejected, or be read with a space in place of the fold. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "space | a: b⏎ c", "tab | a: b⏎␉c", "only white space | a: b⏎ ⏎c: d", "Content-Length | a: b⏎ Content-Length: 9"
    })
    default void foldedField_isRejectedOrUnfolded(String label, String field) throws IOException {
        assertRejectedOrServed("GET /a HTTP/1.1⏎Host: x⏎" + field + "⏎⏎", "/a", "", 400);
        for (SeenRequest seen : server().seen()) {
            assertThat(seen.values("Content-Length")).isEmpty();
        }
    }

    /** RFC 9110, 5.5 and RFC 9112, 2.2: CR, LF and NUL in a value must be rejected, or be replaced by a space. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {"NUL | b␀c", "CR | b␍c", "CR at the end | b␍", "CR at the beginning | ␍b"})
    default void controlCharacterInAValue_isRejectedOrReplaced(String label, String value) throws IOException {
        assertRejectedOrServed("GET /a HTTP/1.1⏎Host: x⏎a: " + value + "⏎⏎", "/a", "", 400);
        for (SeenRequest seen : server().seen()) {
            assertThat(String.join("", seen.values("a"))).doesNotContain("\0", "\r");
        }
    }

    /** RFC 9112, 5.1: white space around a value is not part of it; a value may be empty. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "none | a:b | b", "spaces | a:   b   | b", "tabs | a:␉b␉ | b", "empty | a: | ''"
    })
    default void whitespaceAroundAValue_isNotPartOfIt(String label, String field, String value) throws IOException {
        assertThat(assertServed("GET /a HTTP/1.1⏎Host: x⏎" + field + "⏎⏎").values("a")).containsExactly(value);
    }

    /** RFC 9110, 5.5: bytes beyond ASCII are opaque data. */
    @Test
    default void bytesBeyondAscii_areKept() throws IOException {
        assertThat(assertServed("GET /a HTTP/1.1⏎Host: x⏎a: Bjørn⏎⏎").values("a")).containsExactly("Bjørn");
    }

    /** RFC 9110, 5.1: names of fields are case-insensitive. */
    @Test
    default void fieldNames_areCaseInsensitive() throws IOException {
        SeenRequest seen = assertServed("POST /a HTTP/1.1⏎hOsT: x⏎cONTENT-lENGTH: 3⏎⏎abc");
        assertThat(seen.body()).isEqualTo("abc");
    }

    /** RFC 9110, 5.3: the order of several lines with one name matters. */
    @Test
    default void linesOfOneName_keepTheirOrder() throws IOException {
        SeenRequest seen = assertServed("GET /a HTTP/1.1⏎Host: x⏎a: 1⏎b: 2⏎A: 3⏎⏎");
        assertThat(seen.values("a")).containsExactly("1", "3");
    }

    /** RFC 9110, 5.4: fields larger than the server wishes to process must be answered with a status of 4xx. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource({"one line, 1, 2000000", "many lines, 20000, 100"})
    default void tooLargeFields_areAnsweredWithAClientError(String label, int lines, int length) throws IOException {
        String field = "a: " + "b".repeat(length) + "⏎";
        List<RawHttpResponse> responses = exchange("GET /a HTTP/1.1⏎Host: x⏎" + field.repeat(lines) + "⏎" + NEXT);
        assertThat(responses).extracting(RawHttpResponse::status).singleElement().isIn(400, 413, 431);
    }
}
