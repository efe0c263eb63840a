package org.pocx.aggregator.http.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.http.testkit.RawHttpResponse;

/** RFC 9112, section 7.1: the chunked transfer coding. */
interface ChunkedRequirements extends Requirements {
    /** The head of a request whose body follows in chunks. */
    String HEAD = "POST /a HTTP/1.1⏎Host: x⏎Transfer-Encoding: chunked⏎⏎";

    /** RFC 9112, 7.1: chunks are put together. */
    @Test
    default void chunks_arePutTogether() throws IOException {
        assertThat(assertServed(HEAD + "3⏎abc⏎1⏎d⏎0⏎⏎").body()).isEqualTo("abcd");
    }

    /** RFC 9112, 7.1: the data of a chunk is opaque. */
    @Test
    default void lineEndsInAChunk_areData() throws IOException {
        assertThat(assertServed(HEAD + "a⏎0⏎⏎GET /⏎0⏎⏎").body()).isEqualTo("0\r\n\r\nGET /");
    }

    /** RFC 9112, 7.1: sizes are hexadecimal, in either case, and may have leading zeros. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"a", "A", "0a", "000A"})
    default void hexadecimalSize_isRead(String size) throws IOException {
        assertThat(assertServed(HEAD + size + "⏎0123456789⏎0⏎⏎").body()).isEqualTo("0123456789");
    }

    /** RFC 9112, 7.1: the last chunk's size is one or more zeros. */
    @Test
    default void lastChunkOfSeveralZeros_endsTheBody() throws IOException {
        assertThat(assertServed(HEAD + "3⏎abc⏎000⏎⏎").body()).isEqualTo("abc");
    }

    /** RFC 9112, 7.1: what is no chunk size is a framing error; no handler gets the body, nothing after it is served. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "empty | ''",
        "no digit | g",
        "plus sign | +3",
        "minus sign | -3",
        "prefix | 0x3",
        "inner space | 3 3",
        "vertical tab | 3␋",
        "NUL | 3␀",
        "CR | 3␍",
        "underscore | 0_3",
        "digit beyond ASCII | ³",
        "comma | 3,",
        "16 digits | 8000000000000003",
        "beyond 64 bits | 10000000000000003",
        "beyond 32 bits | 100000003",
        "largest | ffffffffffffffff"
    })
    default void brokenChunkSize_isRejected(String label, String size) throws IOException {
        assertBroken(HEAD + size + "⏎abc⏎0⏎⏎");
    }

    /** RFC 9112, 7.1: white space around a size is not in the grammar; a server that accepts it reads the same size. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {"before | ' 3'", "after | '3 '", "tab after | '3␉'"})
    default void whitespaceAroundAChunkSize_isRejectedOrIgnored(String label, String size) throws IOException {
        assertBrokenOr("abc", HEAD + size + "⏎abc⏎0⏎⏎");
    }

    /** RFC 9112, 7.1.1: extensions that are not known must be ignored. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {";a", ";a=b", ";a=b;c=d", ";a=\"b\"", ";a=\"b;c\"", ";a=\"\\\"\"", " ; a = b"})
    default void chunkExtension_isIgnored(String extension) throws IOException {
        assertThat(assertServed(HEAD + "3" + extension + "⏎abc⏎0" + extension + "⏎⏎").body()).isEqualTo("abc");
    }

    /** RFC 9112, 7.1.1 and 2.2: a line end that is not CR LF in an extension must not end the chunk's line for one program alone. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {"CR | 3;a␍b", "NUL | 3;a␀b", "CR at the end | 3;a␍"})
    default void controlCharacterInAnExtension_isRejected(String label, String line) throws IOException {
        assertBroken(HEAD + line + "⏎abc⏎0⏎⏎");
    }

    /** RFC 9112, 7.1.1: extensions must be limited. */
    @Test
    default void endlessExtension_isRejected() throws IOException {
        List<RawHttpResponse> responses = exchange(HEAD + "3;" + "a".repeat(2_000_000) + "⏎abc⏎0⏎⏎" + NEXT);
        assertThat(responses).extracting(RawHttpResponse::status).doesNotContain(200);
    }

    /** RFC 9112, 7.1: lines of the chunked coding end with CR LF; a line feed alone may end lines of the head only (2.2). */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "after the size | 3␊abc⏎0⏎⏎",
        "after an extension | 3;a␊abc⏎0⏎⏎",
        "after the data | 3⏎abc␊0⏎⏎",
        "after the last chunk | 3⏎abc⏎0␊⏎",
        "at the end | 3⏎abc⏎0⏎␊"
    })
    default void lineFeedAloneInChunks_isRejected(String label, String body) throws IOException {
        assertBroken(HEAD + body);
    }

    /** RFC 9112, 7.1: a chunk's data has the length that was announced, and CR LF after it. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "longer | 3⏎abcd⏎0⏎⏎", "shorter | 4⏎abc⏎0⏎⏎", "no line end | 3⏎abc0⏎⏎", "two other bytes | 3⏎abcXX0⏎⏎"
    })
    default void chunkOfAnotherLength_isRejected(String label, String body) throws IOException {
        assertBroken(HEAD + body);
    }

    /** RFC 9112, 8: a body in chunks that ends before the last chunk is incomplete. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "within a chunk | 5⏎abc", "after a chunk | 3⏎abc⏎", "within a size | 3⏎abc⏎0", "before the end | 3⏎abc⏎0⏎"
    })
    default void chunksThatEndTooEarly_areNotTakenAsAWholeBody(String label, String body) throws IOException {
        List<RawHttpResponse> responses = exchange(HEAD + body);
        assertThat(responses).extracting(RawHttpResponse::status).doesNotContain(200);
        assertThat(server().seen()).isEmpty();
    }

    /** RFC 9112, 7.1.2: trailer fields may be discarded; they must not change the header fields. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"b: c", "Content-Length: 9", "Host: y", "Transfer-Encoding: chunked", "b: c⏎d: e", "b:"})
    default void trailer_isReadAndNotMerged(String trailer) throws IOException {
        SeenRequest seen = assertServed(HEAD + "3⏎abc⏎0⏎" + trailer + "⏎⏎");
        assertThat(seen.body()).isEqualTo("abc");
        assertThat(seen.headers().keySet()).containsExactlyInAnyOrder("Host", "Transfer-encoding");
        assertThat(seen.values("Host")).containsExactly("x");
        assertThat(seen.values("Transfer-Encoding")).containsExactly("chunked");
    }

    /** RFC 9112, 5.1 and 7.1.2: a trailer has the grammar of fields. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @CsvSource(delimiter = '|', value = {
        "no colon | abc", "space before the colon | a : b", "request | GET /evil HTTP/1.1", "NUL | a: b␀", "CR | a: b␍c"
    })
    default void brokenTrailer_isRejected(String label, String trailer) throws IOException {
        assertBroken(HEAD + "3⏎abc⏎0⏎" + trailer + "⏎⏎");
    }

    /** RFC 9110, 5.4 and 6.5: a trailer must be limited as well. */
    @Test
    default void endlessTrailer_isRejected() throws IOException {
        List<RawHttpResponse> responses = exchange(HEAD + "3⏎abc⏎0⏎" + "a: b⏎".repeat(300_000) + "⏎" + NEXT);
        assertThat(responses).extracting(RawHttpResponse::status).doesNotContain(200);
    }

    /** The body is not delivered as a whole one, and no request is served after it. */
    private void assertBroken(String request) throws IOException {
        List<RawHttpResponse> responses = exchange(request + NEXT);
        assertThat(responses).extracting(RawHttpResponse::status).doesNotContain(200);
        assertThat(server().seen()).isEmpty();
    }

    private void assertBrokenOr(String body, String request) throws IOException {
        exchange(request + NEXT);
        List<SeenRequest> seen = server().seen();
        assertThat(seen.isEmpty() || seen.get(0).body().equals(body)).isTrue();
    }
}
