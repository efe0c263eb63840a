package org.pocx.aggregator.simulator.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;

/** One miner that asks one thing after the other and looks at the answers. For one thread. */
final class Probe implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final MessageBuffer answers;

    Probe(Target target) throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(target.address(), PATIENCE_MILLIS);
            answers = new MessageBuffer(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The answer, which is there until the next question. */
    MessageBuffer ask(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        if (!answers.next()) {
            throw new EOFException("the connection was closed without an answer");
        }
        return answers;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
