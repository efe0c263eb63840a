package org.pocx.aggregator.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AnswerBufferTest {
    private static final String BODY = "{\"jsonrpc\":\"2.0\",\"result\":{\"a\":1},\"id\":1}";
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: " + BODY.length() + "\r\nX: y\r\n\r\n" + BODY;

    private final AnswerBuffer answer = new AnswerBuffer();

    @Test
    void answerInOnePiece_isWhole() throws Exception {
        assertThat(add(ANSWER)).isTrue();
        assertThat(answer.isResult()).isTrue();
        assertThat(answer.contains(Bytes.ascii("\"a\":1"))).isTrue();
        assertThat(answer.contains(Bytes.ascii("X: y"))).isFalse();
    }

    @Test
    void answerByteByByte_isWholeWithTheLast() throws Exception {
        for (int i = 0; i < ANSWER.length() - 1; i++) {
            assertThat(add(ANSWER.substring(i, i + 1))).isFalse();
        }
        assertThat(add("}")).isTrue();
        assertThat(answer.isResult()).isTrue();
    }

    @Test
    void chunkedAnswer_isWholeWithItsLastChunk() throws Exception {
        assertThat(add("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nd\r\n{\"result\":{}}\r\n")).isFalse();
        assertThat(add("0\r\n\r\n")).isTrue();
        assertThat(answer.isResult()).isTrue();
    }

    @Test
    void errorOrOtherStatus_isNoResult() throws Exception {
        add("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"error\":{}}");
        assertThat(answer.isResult()).isFalse();

        answer.clear();
        add("HTTP/1.1 503 No\r\ncontent-length: 13\r\n\r\n{\"result\":{}}");
        assertThat(answer.isResult()).isFalse();
    }

    @Test
    void cleared_takesTheNextAnswer() throws Exception {
        add(ANSWER);
        answer.clear();

        assertThat(add("HTTP/1.1 200 OK\r\n")).isFalse();
        assertThat(answer.isResult()).isFalse();
    }

    @Test
    void endlessAnswer_isRefusedAtTheBound() throws Exception {
        for (int i = 0; i < 64; i++) {
            assertThat(add("x".repeat(1024))).isFalse();
        }
        assertThatThrownBy(() -> add("x")).isInstanceOf(ProtocolException.class);
    }

    private boolean add(String text) throws ProtocolException {
        return answer.add(ByteBuffer.wrap(Bytes.ascii(text)));
    }
}
