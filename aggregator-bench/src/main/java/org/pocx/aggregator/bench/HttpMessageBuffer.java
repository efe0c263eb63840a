package org.pocx.aggregator.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects one HTTP/1.1 message, with a Content-Length or in chunks, into a buffer that is used again. It creates no
 * object per message, because the processor time of the benchmark itself is not available to the measured program.
 *
 * <p>The other side must send its next message only after the answer to this one. For one thread.
 */
final class HttpMessageBuffer {
    private static final byte[] END_OF_HEAD = AsciiBytes.of("\r\n\r\n");
    private static final byte[] LENGTH = AsciiBytes.of("content-length:");
    private static final byte[] LAST_CHUNK = AsciiBytes.of("\r\n0\r\n\r\n");
    private static final byte[] STATUS_OK = AsciiBytes.of("HTTP/1.1 200");
    private static final byte[] RESULT = AsciiBytes.of("\"result\"");
    private static final int MAX_SIZE = 64 * 1024;
    private static final int CHUNKED = -1;
    private static final int LOWER_CASE = 0x20;

    private byte[] bytes = new byte[1024];
    private int size;
    private int bodyStart;
    private int bodyLength;

    void clear() {
        size = 0;
        bodyStart = 0;
    }

    /**
     * Adds everything in the buffer.
     *
     * @return whether the message is complete
     * @throws ProtocolException if the message is longer than any that a benchmark needs
     */
    boolean add(ByteBuffer from) throws ProtocolException {
        int count = from.remaining();
        reserve(count);
        from.get(bytes, size, count);
        size += count;
        return isComplete();
    }

    /**
     * Clears the buffer and reads one message.
     *
     * @return false if the other side closed the connection before the first byte
     */
    boolean read(InputStream in) throws IOException {
        clear();
        while (!isComplete()) {
            reserve(1);
            int count = in.read(bytes, size, bytes.length - size);
            if (count < 0 && size > 0) {
                throw new EOFException("the connection was closed within a message");
            }
            if (count < 0) {
                return false;
            }
            size += count;
        }
        return true;
    }

    private void reserve(int count) throws ProtocolException {
        if (size + count > MAX_SIZE) {
            throw new ProtocolException("a message of more than " + MAX_SIZE + " bytes");
        }
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
        }
    }

    private boolean isComplete() {
        if (bodyStart == 0) {
            int headEnd = AsciiBytes.indexOf(bytes, END_OF_HEAD, 0, size);
            if (headEnd < 0) {
                return false;
            }
            bodyStart = headEnd + END_OF_HEAD.length;
            bodyLength = contentLength(headEnd);
        }
        return bodyLength == CHUNKED
                ? Arrays.equals(
                        bytes, Math.max(0, size - LAST_CHUNK.length), size, LAST_CHUNK, 0, LAST_CHUNK.length)
                : size >= bodyStart + bodyLength;
    }

    private int contentLength(int headEnd) {
        for (int i = 1; i < headEnd - LENGTH.length; i++) {
            if (bytes[i - 1] == '\n' && isLength(i)) {
                int length = 0;
                for (int at = i + LENGTH.length; at < headEnd && bytes[at] != '\r'; at++) {
                    length = bytes[at] == ' ' ? length : length * 10 + bytes[at] - '0';
                }
                return Math.clamp(length, 0, MAX_SIZE);
            }
        }
        return CHUNKED;
    }

    private boolean isLength(int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            if ((bytes[at + i] | LOWER_CASE) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the message is a JSON-RPC result with the status 200. */
    boolean isResult() {
        return AsciiBytes.indexOf(bytes, STATUS_OK, 0, Math.min(size, STATUS_OK.length)) == 0 && contains(RESULT);
    }

    /** Whether the body contains the text. */
    boolean contains(byte[] what) {
        return AsciiBytes.indexOf(bytes, what, bodyStart, size) >= 0;
    }

    /** The JSON scalar that follows the text in the body; "null" if the text is not there. */
    String scalarAfter(byte[] name) {
        int at = AsciiBytes.indexOf(bytes, name, bodyStart, size);
        if (at < 0) {
            return "null";
        }
        int start = at + name.length;
        int end = start;
        while (end < size && bytes[end] != ',' && bytes[end] != '}') {
            end++;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
