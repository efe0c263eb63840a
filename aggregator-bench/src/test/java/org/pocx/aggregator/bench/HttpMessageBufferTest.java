package org.pocx.aggregator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMessageBufferTest {
    private static final String BODY = "{\"jsonrpc\":\"2.0\",\"result\":{\"a\":1},\"id\":12}";
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: " + BODY.length() + "\r\nX: y\r\n\r\n" + BODY;

    private final HttpMessageBuffer buffer = new HttpMessageBuffer();

    @ParameterizedTest
    @ValueSource(strings = {"content-length", "Content-Length", "Content-length", "CONTENT-LENGTH"})
    void answerInOnePiece_isComplete(String name) throws Exception {
        assertThat(add(ANSWER.replace("Content-Length", name))).isTrue();
        assertThat(buffer.isResult()).isTrue();
        assertThat(buffer.contains(AsciiBytes.of("\"a\":1"))).isTrue();
        assertThat(buffer.contains(AsciiBytes.of("X: y"))).isFalse();
        assertThat(buffer.scalarAfter(AsciiBytes.of("\"id\":"))).isEqualTo("12");
        assertThat(buffer.scalarAfter(AsciiBytes.of("\"other\":"))).isEqualTo("null");
    }

    @Test
    void answerByteByByte_isCompleteWithTheLast() throws Exception {
        for (int i = 0; i < ANSWER.length() - 1; i++) {
            assertThat(add(ANSWER.substring(i, i + 1))).isFalse();
        }
        assertThat(add("}")).isTrue();
        assertThat(buffer.isResult()).isTrue();
    }

    @Test
    void chunkedAnswer_isCompleteWithItsLastChunk() throws Exception {
        assertThat(add("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nd\r\n{\"result\":{}}\r\n")).isFalse();
        assertThat(add("0\r\n\r\n")).isTrue();
        assertThat(buffer.isResult()).isTrue();
    }

    @Test
    void errorOrOtherStatus_isNotAResult() throws Exception {
        add("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"error\":{}}");
        assertThat(buffer.isResult()).isFalse();

        buffer.clear();
        add("HTTP/1.1 503 No\r\ncontent-length: 13\r\n\r\n{\"result\":{}}");
        assertThat(buffer.isResult()).isFalse();
    }

    @Test
    void cleared_takesTheNextAnswer() throws Exception {
        add(ANSWER);
        buffer.clear();

        assertThat(add("HTTP/1.1 200 OK\r\n")).isFalse();
        assertThat(buffer.isResult()).isFalse();
    }

    @Test
    void messageBeyondTheLimit_isRejected() throws Exception {
        for (int i = 0; i < 64; i++) {
            assertThat(add("x".repeat(1024))).isFalse();
        }
        assertThatThrownBy(() -> add("x")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> buffer.read(stream(ANSWER.replace("th: ", "th: 99999") + "x".repeat(99_999), 9_999)))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 60, 1_000})
    void messageReadInAnyPieces_isComplete(int piece) throws Exception {
        InputStream in = stream(ANSWER, piece);

        assertThat(buffer.read(in)).isTrue();
        assertThat(buffer.isResult()).isTrue();
        assertThat(buffer.read(in)).isFalse();
    }

    @Test
    void messageReadToAnEarlyEnd_isAnError() {
        assertThatThrownBy(() -> buffer.read(stream(ANSWER.substring(0, ANSWER.length() - 1), 1_000)))
                .isInstanceOf(EOFException.class);
    }

    private boolean add(String text) throws ProtocolException {
        return buffer.add(ByteBuffer.wrap(AsciiBytes.of(text)));
    }

    /** A stream that gives at most that many bytes at a time. */
    private static InputStream stream(String text, int piece) {
        return new ByteArrayInputStream(AsciiBytes.of(text)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(piece, length));
            }
        };
    }
}
