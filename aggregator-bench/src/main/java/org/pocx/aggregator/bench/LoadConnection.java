package org.pocx.aggregator.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A keep-alive connection that sends one request at a time. For one thread. */
final class LoadConnection {
    private final Target target;
    private final Optional<InetSocketAddress> source;
    private final LoadGenerator.RequestSource requests;
    private final HttpMessageBuffer answer = new HttpMessageBuffer();
    private @Nullable SocketChannel channel;
    private boolean waiting;
    private long sentAt;

    /** @param source the local address; any if empty */
    LoadConnection(Target target, Optional<InetSocketAddress> source, LoadGenerator.RequestSource requests) {
        this.target = target;
        this.source = source;
        this.requests = requests;
    }

    /** Connects, or connects again. */
    void connect(Selector selector) throws IOException {
        close();
        SocketChannel opened = SocketChannel.open();
        try {
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (source.isPresent()) {
                opened.bind(source.get());
            }
            opened.connect(target.address());
            opened.configureBlocking(false);
            opened.register(selector, SelectionKey.OP_READ, this);
        } catch (IOException e) {
            opened.close();
            throw new IOException("no connection to " + target.uri() + ": " + e.getMessage(), e);
        }
        channel = opened;
    }

    /** Whether a request was sent and its answer is not complete. */
    boolean isWaiting() {
        return waiting;
    }

    /** Sends the next request, if there is one, unless the connection is closed or waiting. */
    void send(ByteBuffer scratch) throws IOException {
        SocketChannel open = channel;
        byte[] request = open == null || waiting ? null : requests.next();
        if (open == null || request == null) {
            return;
        }
        answer.clear();
        scratch.clear().put(request).flip();
        waiting = true;
        sentAt = System.nanoTime();
        open.write(scratch);
        if (scratch.hasRemaining()) {
            throw new IOException("the server does not read");
        }
    }

    /**
     * Reads what has arrived.
     *
     * @return whether the answer is complete
     */
    boolean receive(ByteBuffer scratch) throws IOException {
        SocketChannel open = channel;
        if (open == null || open.read(scratch.clear()) < 0) {
            throw new EOFException("closed by the server");
        }
        boolean complete = answer.add(scratch.flip());
        waiting &= !complete;
        return complete;
    }

    boolean hasResult() {
        return answer.isResult();
    }

    long sentAt() {
        return sentAt;
    }

    /** Closes the connection, which can be connected again. Idempotent. */
    void close() {
        SocketChannel open = channel;
        channel = null;
        waiting = false;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                return; // it is not used any more in any case
            }
        }
    }
}
