package org.pocx.aggregator.simulator.bench;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Gathers one HTTP/1.1 answer as it comes in, with a Content-Length or in chunks. For one thread.
 *
 * <p>It is cleared before the next request leaves, so that what is behind the end of an answer is nobody's.
 */
final class AnswerBuffer {
    private static final byte[] END_OF_HEAD = Bytes.ascii("\r\n\r\n");
    private static final byte[] LENGTH = Bytes.ascii("\r\ncontent-length:");
    private static final byte[] LAST_CHUNK = Bytes.ascii("\r\n0\r\n\r\n");
    private static final byte[] GOOD_STATUS = Bytes.ascii("HTTP/1.1 200");
    private static final byte[] RESULT = Bytes.ascii("\"result\"");
    private static final int FIRST_SIZE = 1024;
    private static final int MAX_SIZE = 64 * 1024;
    private static final int CHUNKED = -1;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;
    private int bodyAt;
    private int length;

    void clear() {
        size = 0;
        bodyAt = 0;
    }

    /**
     * Takes all that is there.
     *
     * @return whether the answer is whole
     * @throws ProtocolException when the answer is longer than any that an aggregator gives
     */
    boolean add(ByteBuffer from) throws ProtocolException {
        int count = from.remaining();
        if (size + count > MAX_SIZE) {
            throw new ProtocolException("an answer longer than a benchmark needs");
        }
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
        }
        from.get(bytes, size, count);
        size += count;
        return isWhole();
    }

    private boolean isWhole() {
        if (bodyAt == 0) {
            int end = Bytes.indexOf(bytes, END_OF_HEAD, 0, size);
            if (end < 0) {
                return false;
            }
            bodyAt = end + END_OF_HEAD.length;
            length = contentLength(end);
        }
        if (length == CHUNKED) {
            return size >= LAST_CHUNK.length
                    && Arrays.equals(bytes, size - LAST_CHUNK.length, size, LAST_CHUNK, 0, LAST_CHUNK.length);
        }
        return size >= bodyAt + length;
    }

    private int contentLength(int headEnd) {
        int at = Bytes.indexOfAnyCase(bytes, LENGTH, 0, headEnd);
        if (at < 0) {
            return CHUNKED;
        }
        int number = 0;
        for (int i = at + LENGTH.length; i < headEnd && bytes[i] != '\r'; i++) {
            number = bytes[i] == ' ' ? number : number * 10 + bytes[i] - '0';
        }
        return number;
    }

    /** Whether the answer is a JSON-RPC result. */
    boolean isResult() {
        return size >= GOOD_STATUS.length
                && Arrays.equals(bytes, 0, GOOD_STATUS.length, GOOD_STATUS, 0, GOOD_STATUS.length)
                && contains(RESULT);
    }

    /** Whether the text is in the body. */
    boolean contains(byte[] what) {
        return Bytes.indexOf(bytes, what, bodyAt, size) >= 0;
    }
}
