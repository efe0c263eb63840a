package org.pocx.aggregator.cli.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Connections that always have the next polls on the way, and read what comes. One thread of its own drives them all. */
final class PipeliningPeers implements AutoCloseable {
    private static final String POLL = "{\"jsonrpc\":\"2.0\",\"method\":\"get_mining_info\",\"id\":1}";
    private static final byte[] POLLS =
            ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: " + POLL.length() + "\r\n\r\n" + POLL)
                    .repeat(40)
                    .getBytes(StandardCharsets.ISO_8859_1);

    private final Selector selector;
    private final AtomicLong answers = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().daemon().name("pipelining-peers").unstarted(this::drive);

    private PipeliningPeers(Selector selector) {
        this.selector = selector;
    }

    /** Connects that many, which send nothing before {@link #start}. */
    static PipeliningPeers connect(int port, int number) throws IOException {
        PipeliningPeers peers = new PipeliningPeers(Selector.open());
        for (int i = 0; i < number; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            channel.register(peers.selector, SelectionKey.OP_WRITE | SelectionKey.OP_READ, ByteBuffer.wrap(POLLS));
        }
        return peers;
    }

    void start() {
        thread.start();
    }

    /** Bytes of answers that came. */
    long answers() {
        return answers.get();
    }

    private void drive() {
        ByteBuffer read = ByteBuffer.allocateDirect(256 * 1024);
        try {
            while (selector.isOpen()) {
                selector.select(key -> act(key, read), 100);
            }
        } catch (ClosedSelectorException closed) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void act(SelectionKey key, ByteBuffer read) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isReadable()) {
                read.clear();
                int count = channel.read(read);
                if (count < 0) {
                    key.cancel();
                    return;
                }
                answers.addAndGet(count);
            }
            if (key.isWritable()) {
                ByteBuffer polls = (ByteBuffer) key.attachment();
                if (!polls.hasRemaining()) {
                    polls.rewind();
                }
                int sent = channel.write(polls);
                assert sent >= 0;
            }
        } catch (IOException cut) {
            key.cancel();
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
