package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/**
 * One keep-alive connection: the next request leaves when the answer to the last one has been read. Its results belong to
 * the thread that runs it, until that has ended.
 */
final class LoadConnection implements Runnable {
    static final byte[] GOOD_STATUS = MessageBuffer.ascii("HTTP/1.1 200");
    private static final byte[] RESULT = MessageBuffer.ascii("\"result\"");

    private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000;

    private final int port;
    private final RequestSource requests;
    private final long measureFrom;
    private final long until;
    private final LatencyHistogram latencies = new LatencyHistogram();
    private long failures;

    /**
     * @param measureFrom what ends before is warm-up; {@link System#nanoTime}
     * @param until no request leaves after; {@link System#nanoTime}
     */
    LoadConnection(int port, RequestSource requests, long measureFrom, long until) {
        this.port = port;
        this.requests = requests;
        this.measureFrom = measureFrom;
        this.until = until;
    }

    @Override
    public void run() {
        while (System.nanoTime() - until < 0) {
            try (Socket socket = new Socket()) {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                converse(socket.getOutputStream(), new MessageBuffer(socket.getInputStream()));
            } catch (IOException e) {
                failures++; // without an answer; on with a new connection
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
            }
        }
    }

    private void converse(OutputStream out, MessageBuffer answer) throws IOException {
        for (long begun = System.nanoTime(); begun - until < 0; begun = System.nanoTime()) {
            out.write(requests.next());
            if (!answer.next()) {
                throw new IOException("closed");
            }
            long ended = System.nanoTime();
            if (!answer.startsWith(GOOD_STATUS) || !answer.contains(RESULT)) {
                failures++;
            } else if (ended - measureFrom >= 0) {
                latencies.record(ended - begun);
            }
        }
    }

    LatencyHistogram latencies() {
        return latencies;
    }

    /** Requests that got no result, warm-up included. */
    long failures() {
        return failures;
    }
}
