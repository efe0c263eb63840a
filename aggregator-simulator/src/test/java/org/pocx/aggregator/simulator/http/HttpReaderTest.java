package org.pocx.aggregator.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReaderTest {

    @Test
    void twoMessagesOnOneConnection_areReadOneAfterTheOther() throws IOException {
        HttpReader reader = reader("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /x HTTP/1.1\r\n\r\n");
        HttpMessage first = reader.read().orElseThrow();
        assertThat(first.word(0)).isEqualTo("POST");
        assertThat(first.body()).asString(StandardCharsets.UTF_8).isEqualTo("abc");
        HttpMessage second = reader.read().orElseThrow();
        assertThat(second.word(1)).isEqualTo("/x");
        assertThat(second.body()).isEmpty();
        assertThat(reader.read()).isEmpty();
    }

    @Test
    void chunkedBody_isPutTogether() throws IOException {
        String chunks = "3;x=y\r\nabc\r\n0A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n";
        HttpReader reader =
                reader("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "HTTP/1.1 204 \r\n\r\n");
        assertThat(reader.read().orElseThrow().body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("abc0123456789");
        assertThat(reader.read().orElseThrow().word(1)).isEqualTo("204");
    }

    @Test
    void connectionClose_marksTheLastMessage() throws IOException {
        assertThat(reader("HTTP/1.1 200 OK\r\nConnection: Close\r\n\r\n").read().orElseThrow().isLast())
                .isTrue();
        assertThat(reader("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\n").read().orElseThrow().isLast())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST / HTT", "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc",
        "POST / HTTP/1.1\r\nA: b\r\n"})
    void endWithinAMessage_isAnError(String text) {
        assertThatThrownBy(reader(text)::read).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "POST / HTTP/1.1\r\nno header\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
    })
    void whatIsNoHttp_isAnError(String text) {
        assertThatThrownBy(reader(text)::read).isInstanceOf(ProtocolException.class);
    }

    @Test
    void endlessLineOrHead_isAnError() {
        assertThatThrownBy(reader("P".repeat(100_000))::read).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(reader("POST / HTTP/1.1\r\n" + "A: b\r\n".repeat(1_000))::read)
                .isInstanceOf(ProtocolException.class);
    }

    private static HttpReader reader(String text) {
        return new HttpReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
