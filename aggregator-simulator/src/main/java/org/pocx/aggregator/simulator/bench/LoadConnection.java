package org.pocx.aggregator.simulator.bench;

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

/** One keep-alive connection with one request at a time. For one thread. */
final class LoadConnection {
    private final Target target;
    private final Optional<InetSocketAddress> from;
    private final RequestSource requests;
    private final AnswerBuffer answer = new AnswerBuffer();
    private @Nullable SocketChannel channel;
    private boolean waiting;
    private long sentAt;

    /** @param from the address that the connection shall come from */
    LoadConnection(Target target, Optional<InetSocketAddress> from, RequestSource requests) {
        this.target = target;
        this.from = from;
        this.requests = requests;
    }

    void connect(Selector selector) throws IOException {
        SocketChannel opened = SocketChannel.open();
        try {
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (from.isPresent()) {
                opened.bind(from.get());
            }
            opened.connect(target.address());
            opened.configureBlocking(false);
            opened.register(selector, SelectionKey.OP_READ, this);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        channel = opened;
    }

    boolean isOpen() {
        return channel != null;
    }

    boolean isWaiting() {
        return waiting;
    }

    /**
     * Sends the next request.
     *
     * @param scratch for the request's bytes
     * @return false when there is none any more
     */
    boolean send(ByteBuffer scratch) throws IOException {
        byte[] request = requests.next();
        if (request == null) {
            return false;
        }
        answer.clear();
        scratch.clear().put(request).flip();
        waiting = true;
        sentAt = System.nanoTime();
        open().write(scratch);
        if (scratch.hasRemaining()) {
            throw new IOException("the peer does not read");
        }
        return true;
    }

    /**
     * Reads what has come.
     *
     * @return whether the answer is whole
     */
    boolean receive(ByteBuffer scratch) throws IOException {
        if (open().read(scratch.clear()) < 0) {
            throw new EOFException("closed by the peer");
        }
        if (!answer.add(scratch.flip())) {
            return false;
        }
        waiting = false;
        return true;
    }

    private SocketChannel open() throws IOException {
        SocketChannel there = channel;
        if (there == null) {
            throw new IOException("not connected");
        }
        return there;
    }

    boolean hasResult() {
        return answer.isResult();
    }

    long sentAt() {
        return sentAt;
    }

    void close() {
        SocketChannel there = channel;
        channel = null;
        waiting = false;
        if (there != null) {
            try {
                there.close();
            } catch (IOException e) {
                return; // it is of no use any more in any case
            }
        }
    }
}
