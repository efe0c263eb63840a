package org.pocx.aggregator.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of one request, without what follows on the connection. Owned by its connection's thread. Closing it leaves
 * the rest unread; the connection handles the rest.
 */
final class RequestBody extends InputStream {
    private static final int MAX_CHUNK_LINE = 256;

    /** A size of at most 32 bits, and extensions, which are ignored. */
    private static final Pattern CHUNK = Pattern.compile("0*([0-9A-Fa-f]{1,8})[ \\t]*(?:;.*)?");

    private final RequestInput in;
    private final boolean chunked;
    private final Runnable onEnd;
    private final Waiting waiting;
    private long left;
    private int headBytes;
    private boolean firstChunk = true;
    private boolean begun;
    private boolean ended;

    /** Sends "100 Continue" to a peer that waits for it. */
    @FunctionalInterface
    interface Waiting {
        void goOn() throws IOException;
    }

    /**
     * @param headBytes the maximum size of the trailer
     * @param waiting called before the first byte is read
     * @param onEnd called once when the last byte is read; for an empty body at once
     */
    RequestBody(RequestInput in, long length, int headBytes, Waiting waiting, Runnable onEnd) {
        this.in = in;
        this.chunked = length == RequestHead.CHUNKED;
        this.left = chunked ? 0 : length;
        this.headBytes = headBytes;
        this.waiting = waiting;
        this.onEnd = onEnd;
        if (length == 0) {
            end();
        }
    }

    /** Whether all of it has been read. */
    boolean ended() {
        return ended;
    }

    /** Whether a peer that waits for "100 Continue" did not get it. */
    boolean begun() {
        return begun;
    }

    /** The number of bytes that are known to be left; with chunked coding, those of the current chunk. */
    long left() {
        return left;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (ended) {
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        if (!begun) {
            begun = true;
            waiting.goOn();
        }
        if (left == 0 && !nextChunk()) {
            return -1;
        }
        return some(target, offset, length);
    }

    private int some(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("the peer closed the connection within a body");
        }
        left -= read;
        if (left == 0 && !chunked) {
            end();
        }
        return read;
    }

    /** Reads up to the data of the next chunk. Returns false at the end of the body. */
    private boolean nextChunk() throws IOException {
        if (!firstChunk && !in.bodyLine(MAX_CHUNK_LINE).isEmpty()) {
            throw HeadReader.bad("chunk without line end");
        }
        firstChunk = false;
        left = chunkSize(in.bodyLine(MAX_CHUNK_LINE));
        if (left == 0) {
            trailer();
            end();
        }
        return left > 0;
    }

    private static long chunkSize(String line) throws HttpStatusException {
        HeadReader.rejectControls(line);
        Matcher chunk = CHUNK.matcher(line);
        if (!chunk.matches()) {
            throw HeadReader.bad("invalid chunk size");
        }
        return Long.parseLong(chunk.group(1), 16);
    }

    /** Checks the fields after the last chunk, and discards them. */
    private void trailer() throws IOException {
        for (String line = in.bodyLine(headBytes); !line.isEmpty(); line = in.bodyLine(headBytes)) {
            HeadReader.colon(line);
            headBytes -= line.length();
            if (headBytes <= 0) {
                throw RequestInput.tooLong();
            }
        }
    }

    private void end() {
        ended = true;
        onEnd.run();
    }
}
