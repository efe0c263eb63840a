package org.pocx.aggregator.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;

/** A keep-alive connection of one miner, which waits for each answer. For one thread. */
final class MinerConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final HttpMessageBuffer answer = new HttpMessageBuffer();

    MinerConnection(Target target) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(target.address(), TIMEOUT_MILLIS);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The answer, valid until the next request. */
    HttpMessageBuffer ask(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        if (!answer.read(socket.getInputStream())) {
            throw new EOFException("the connection was closed without an answer");
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
