package org.pocx.aggregator.http.outbound;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * The conversation with a proxy before its connection is used. It reads without a buffer, because what follows belongs to
 * the user of the connection.
 */
final class HandshakeStream {
    private final Socket socket;
    private final DialDeadline deadline;
    private final InputStream in;
    private final OutputStream out;

    HandshakeStream(Socket socket, DialDeadline deadline) throws IOException {
        this.socket = socket;
        this.deadline = deadline;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    void write(byte... bytes) throws IOException {
        out.write(bytes);
    }

    /**
     * Returns the next byte, 0 to 255.
     *
     * @throws EOFException when the proxy closed the connection
     * @throws SocketTimeoutException when the deadline is over
     */
    int read() throws IOException {
        if (deadline.isOver()) {
            throw new SocketTimeoutException("the deadline is over");
        }
        socket.setSoTimeout(deadline.remainingMillis());
        int next = in.read();
        if (next < 0) {
            throw new EOFException("closed by the proxy");
        }
        return next;
    }

    void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            read();
        }
    }
}
