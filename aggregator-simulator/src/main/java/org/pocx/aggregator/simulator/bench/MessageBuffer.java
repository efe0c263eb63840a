package org.pocx.aggregator.simulator.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads HTTP/1.1 messages with a Content-Length from one connection into one buffer, and makes no object of them: what a
 * benchmark spends on its own ends is missing to what it measures.
 *
 * <p>For one thread. A message is there until the next one is read.
 */
final class MessageBuffer {
    private static final byte[] END_OF_HEAD = Bytes.ascii("\r\n\r\n");
    private static final byte[] LENGTH = Bytes.ascii("\r\ncontent-length:");

    private final InputStream in;
    private final byte[] bytes = new byte[16 * 1024];
    private int end;
    private int bodyStart;
    private int bodyEnd;

    MessageBuffer(InputStream in) {
        this.in = in;
    }

    /**
     * Reads the next message; false when the peer closed the connection before its first byte.
     *
     * @throws EOFException when it closed the connection within the message
     */
    boolean next() throws IOException {
        System.arraycopy(bytes, bodyEnd, bytes, 0, end - bodyEnd);
        end -= bodyEnd;
        bodyStart = 0;
        bodyEnd = 0;
        int headEnd = Bytes.indexOf(bytes, END_OF_HEAD, 0, end);
        while (headEnd < 0) {
            if (!fill()) {
                return false;
            }
            headEnd = Bytes.indexOf(bytes, END_OF_HEAD, 0, end);
        }
        bodyStart = headEnd + END_OF_HEAD.length;
        bodyEnd = bodyStart + contentLength(headEnd);
        while (end < bodyEnd) {
            fill();
        }
        return true;
    }

    private boolean fill() throws IOException {
        if (end == bytes.length) {
            throw new ProtocolException("a message longer than a benchmark needs");
        }
        int count = in.read(bytes, end, bytes.length - end);
        if (count < 0 && end > 0) {
            throw new EOFException("the connection ended within a message");
        }
        end += Math.max(0, count);
        return count >= 0;
    }

    private int contentLength(int headEnd) throws IOException {
        int at = Bytes.indexOfAnyCase(bytes, LENGTH, 0, headEnd);
        if (at < 0) {
            throw new ProtocolException("a message without Content-Length");
        }
        int length = 0;
        for (int i = at + LENGTH.length; i < headEnd && bytes[i] != '\r'; i++) {
            length = bytes[i] == ' ' ? length : length * 10 + bytes[i] - '0';
        }
        if (length < 0 || length > bytes.length) {
            throw new ProtocolException("a Content-Length beyond what a benchmark needs");
        }
        return length;
    }

    /** Whether the message's head begins so. */
    boolean startsWith(byte[] what) {
        return end >= what.length && Arrays.equals(bytes, 0, what.length, what, 0, what.length);
    }

    /** Whether the text is in the body. */
    boolean contains(byte[] what) {
        return Bytes.indexOf(bytes, what, bodyStart, bodyEnd) >= 0;
    }

    /** The scalar behind that text of the body, up to the next comma or brace; "null" where the text is not there. */
    String scalarAfter(byte[] name) {
        int start = Bytes.indexOf(bytes, name, bodyStart, bodyEnd);
        if (start < 0) {
            return "null";
        }
        start += name.length;
        int stop = start;
        while (stop < bodyEnd && bytes[stop] != ',' && bytes[stop] != '}') {
            stop++;
        }
        return new String(bytes, start, stop - start, StandardCharsets.UTF_8);
    }
}
