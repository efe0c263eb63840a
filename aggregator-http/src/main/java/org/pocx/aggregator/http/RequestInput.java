package org.pocx.aggregator.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines and bytes from a peer. Owned by its connection's thread; blocks. While {@link #watch} reads ahead on another
 * thread, the connection's thread waits for that before it reads.
 */
final class RequestInput {
    private static final Logger LOG = System.getLogger(RequestInput.class.getName());

    /** Enough for a whole request of a miner. An idle connection uses no larger buffer. */
    static final int RESTING_BYTES = 2 * 1024;

    private final InputStream in;
    private byte[] buffer = new byte[RESTING_BYTES];
    private int from;
    private int to;
    private @Nullable CompletableFuture<Boolean> ahead;

    RequestInput(InputStream in) {
        this.in = in;
    }

    /**
     * Reads ahead on another thread, to notice that the peer disconnects while the connection's thread does something else. Ends
     * with the first bytes that the peer sends. Does nothing if something can be read without waiting.
     *
     * @param gone called by that thread when the stream ends or fails
     */
    void watch(Runnable gone) {
        if (hasMore() || (ahead != null && !ahead.isDone())) {
            return;
        }
        CompletableFuture<Boolean> reading = new CompletableFuture<>();
        ahead = reading;
        Thread.ofVirtual().name("http-disconnect").start(() -> {
            boolean isOpen = false;
            try {
                isOpen = fill();
            } catch (IOException disconnected) {
                LOG.log(Level.TRACE, "disconnected", disconnected);
            }
            reading.complete(isOpen);
            if (!isOpen) {
                gone.run();
            }
        });
    }

    /** Waits until nothing is read ahead. */
    private void endWatch() {
        if (ahead != null) {
            ahead.join();
            ahead = null;
        }
    }

    /** Whether something can be read without waiting. */
    boolean hasMore() {
        return (ahead == null || ahead.isDone()) && from < to;
    }

    /** Whether more than so many bytes can be read without waiting. */
    boolean hasMoreThan(long bytes) {
        return hasMore() && to - from > bytes;
    }

    /** Waits for a byte. Returns false at the end of the stream. */
    boolean await() throws IOException {
        endWatch();
        if (from < to) {
            return true;
        }
        if (buffer.length > RESTING_BYTES) {
            buffer = new byte[RESTING_BYTES];
        }
        return fill();
    }

    /**
     * The next line, without its end (LF, or CR and LF), each byte as one character.
     *
     * @param max the maximum length in bytes, without the line end
     * @throws HttpStatusException with status 431 if the line is longer
     */
    String line(int max) throws IOException {
        return line(max, false);
    }

    /**
     * Like {@link #line(int)}, but the line must end with CR and LF, as required within a body.
     *
     * @throws HttpStatusException with status 400 if the line ends with LF only
     */
    String bodyLine(int max) throws IOException {
        return line(max, true);
    }

    private String line(int max, boolean strict) throws IOException {
        endWatch();
        int scanned = 0;
        while (true) {
            for (int at = from + scanned; at < to; at++) {
                if (buffer[at] == '\n') {
                    return take(at, max, strict);
                }
            }
            scanned = to - from;
            if (scanned > max + 1) {
                throw tooLong();
            }
            if (!fill()) {
                throw new EOFException("the peer closed the connection within a head");
            }
        }
    }

    private String take(int lineFeed, int max, boolean strict) throws HttpStatusException {
        boolean whole = lineFeed > from && buffer[lineFeed - 1] == '\r';
        if (strict && !whole) {
            throw HeadReader.bad("a line feed without a carriage return");
        }
        int end = whole ? lineFeed - 1 : lineFeed;
        if (end - from > max) {
            throw tooLong();
        }
        String line = new String(buffer, from, end - from, StandardCharsets.ISO_8859_1);
        from = lineFeed + 1;
        return line;
    }

    static HttpStatusException tooLong() {
        return new HttpStatusException(431, "the request's head is too long");
    }

    /** As {@link InputStream#read(byte[], int, int)}. */
    int read(byte[] target, int offset, int length) throws IOException {
        endWatch();
        int buffered = to - from;
        if (buffered == 0) {
            return in.read(target, offset, length);
        }
        int taken = Math.min(buffered, length);
        System.arraycopy(buffer, from, target, offset, taken);
        from += taken;
        return taken;
    }

    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
        } else if (to == buffer.length) {
            makeRoom();
        }
        int read = in.read(buffer, to, buffer.length - to);
        to += Math.max(0, read);
        return read >= 0;
    }

    private void makeRoom() {
        byte[] roomy = from > 0 ? buffer : Arrays.copyOf(buffer, 2 * buffer.length);
        System.arraycopy(buffer, from, roomy, 0, to - from);
        to -= from;
        from = 0;
        buffer = roomy;
    }
}
