package org.pocx.aggregator.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBufferTest {
    private static final String MESSAGE = "HTTP/1.1 200 OK\r\nDate: now\r\nContent-length: 9\r\n\r\n{\"id\":12}";

    @ParameterizedTest
    @ValueSource(strings = {"content-length", "Content-Length", "Content-length", "CONTENT-LENGTH"})
    void lengthOfAnyCase_isFound(String name) throws Exception {
        MessageBuffer buffer = buffer(MESSAGE.replace("Content-length", name), 1_000);

        assertThat(buffer.next()).isTrue();
        assertThat(buffer.scalarAfter(Bytes.ascii("\"id\":"))).isEqualTo("12");
        assertThat(buffer.startsWith(Bytes.ascii("HTTP/1.1 200"))).isTrue();
        assertThat(buffer.next()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 60, 1_000})
    void messagesInAnyPieces_areReadOneByOne(int piece) throws Exception {
        MessageBuffer buffer = buffer(MESSAGE + MESSAGE.replace("12", "34") + MESSAGE, piece);

        assertThat(buffer.next()).isTrue();
        assertThat(buffer.contains(Bytes.ascii("34"))).isFalse();
        assertThat(buffer.next()).isTrue();
        assertThat(buffer.contains(Bytes.ascii("34"))).isTrue();
        assertThat(buffer.next()).isTrue();
        assertThat(buffer.next()).isFalse();
    }

    @Test
    void cutOff_isAnError() {
        MessageBuffer buffer = buffer(MESSAGE.substring(0, MESSAGE.length() - 1), 1_000);

        assertThatThrownBy(buffer::next).isInstanceOf(EOFException.class);
    }

    @Test
    void withoutLengthOrBeyondTheBuffer_isAnError() {
        assertThatThrownBy(() -> buffer("HTTP/1.1 200 OK\r\n\r\n", 1_000).next())
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> buffer(MESSAGE.replace(": 9", ": 99999"), 1_000).next())
                .isInstanceOf(ProtocolException.class);
    }

    private static MessageBuffer buffer(String bytes, int piece) {
        return new MessageBuffer(new Pieces(new ByteArrayInputStream(Bytes.ascii(bytes)), piece));
    }

    /** Gives a few bytes at a time. */
    private static final class Pieces extends InputStream {
        private final InputStream in;
        private final int piece;

        Pieces(InputStream in, int piece) {
            this.in = in;
            this.piece = piece;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, Math.min(piece, length));
        }
    }
}
