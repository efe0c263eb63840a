package org.pocx.aggregator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The two sides of the benchmark, tested on each other. */
class LoadGeneratorTest {
    private static final Duration SHORT = Duration.ofMillis(500);

    @Test
    void closedLoop_getsAnswers_withoutFailure() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                LoadGenerator load = polls(Target.local(upstream.port()), 4)) {
            load.start();
            load.run(SHORT, true);
            long answered = load.latencies().total();
            load.drain();

            assertThat(answered).isGreaterThan(4);
            assertThat(load.latencies().total())
                    .as("those that were outstanding")
                    .isLessThanOrEqualTo(answered + 4);
            assertThat(load.failures()).isZero();
        }
    }

    @Test
    void polling_asksOncePerInterval() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                LoadGenerator load =
                        LoadGenerator.polling(Target.local(upstream.port()), 20, Duration.ofMillis(250))) {
            long begun = System.nanoTime();
            load.start();
            load.run(SHORT, true);
            load.drain();

            // On a busy machine it takes longer, and so asks more often.
            long intervals = (System.nanoTime() - begun) / Duration.ofMillis(250).toNanos() + 2;
            assertThat(load.latencies().total()).isBetween(1L, intervals * 20);
        }
    }

    @Test
    void timeThatDoesNotCount_hasNoLatencies() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                LoadGenerator load = polls(Target.local(upstream.port()), 1)) {
            load.start();
            load.run(SHORT, false);
            load.drain();

            assertThat(load.latencies().total()).isZero();
        }
    }

    @Test
    void sendAll_sendsEachRequestOnce() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0)) {
            Target target = Target.local(upstream.port());
            try (LoadGenerator load = LoadGenerator.closedLoop(
                    target, new NoncePlan().bests(target, upstream.round(), 8, 100))) {
                load.sendAll(Duration.ofMinutes(1));
            }

            assertThat(upstream.confirmed()).isEqualTo(100);
        }
    }

    @Test
    void noServer_isReported() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> polls(Target.local(port), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("to http://");
    }

    @Test
    void serverThatEnds_endsTheLoad() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                LoadGenerator load = polls(Target.local(upstream.port()), 2)) {
            upstream.close();

            assertThatThrownBy(() -> {
                load.start();
                load.run(Duration.ofMinutes(1), true);
            })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("to http://");
            assertThat(load.failures()).isPositive();
        }
    }

    @Test
    void serverThatClosesConnections_isAskedOnNewOnes() throws Exception {
        try (ServerSocket server = closingServer();
                LoadGenerator load = polls(Target.local(server.getLocalPort()), 1)) {
            load.start();
            load.run(SHORT, true);
            load.drain();

            assertThat(load.failures()).isGreaterThan(1);
        }
    }

    @Test
    void sliceWithoutAnAnswer_isNotAMeasurement() throws Exception {
        try (ServerSocket server = closingServer();
                MeasuredLoad measured = new MeasuredLoad(
                        polls(Target.local(server.getLocalPort()), 1), new ResourceUsage(OptionalLong.empty()))) {
            Duration first = Duration.ofMillis(1);

            assertThatThrownBy(() -> measured.slice(first, Duration.ofMillis(100)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no request got a result");
        }
    }

    @Test
    void interrupted_stops() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                LoadGenerator load = polls(Target.local(upstream.port()), 1)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> load.run(Duration.ofMinutes(1), true)).isInstanceOf(InterruptedException.class);
        }
    }

    /** Closes each connection that it accepts. */
    private static ServerSocket closingServer() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    server.accept().close();
                }
            } catch (IOException closed) {
                return; // by the test
            }
        });
        return server;
    }

    private static LoadGenerator polls(Target target, int size) throws IOException {
        byte[] poll = target.poll();
        return LoadGenerator.closedLoop(target, Collections.nCopies(size, () -> poll));
    }
}
