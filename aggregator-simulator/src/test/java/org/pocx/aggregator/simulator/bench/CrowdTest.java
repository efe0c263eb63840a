package org.pocx.aggregator.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The two ends of the benchmark, tried on each other. */
class CrowdTest {
    private static final Duration SHORT = Duration.ofMillis(500);

    private final Tally tally = new Tally();

    @Test
    void eagerCrowd_getsAnswers_withoutFailure() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                Crowd crowd = polls(Target.local(upstream.port()), 4)) {
            crowd.start();
            crowd.drive(SHORT, tally);
            long answered = tally.answered();
            crowd.drain();

            assertThat(answered).isGreaterThan(4);
            assertThat(tally.answered()).as("those that were on their way").isLessThanOrEqualTo(answered + 4);
            assertThat(tally.failures()).isZero();
        }
    }

    @Test
    void pollingCrowd_asksOnceAnInterval() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                Crowd crowd = Crowd.polling(Target.local(upstream.port()), 20, Duration.ofMillis(250))) {
            crowd.start();
            crowd.drive(SHORT, tally);
            crowd.drain();

            assertThat(tally.answered()).isBetween(1L, 2L * 20);
        }
    }

    @Test
    void exhaustedCrowd_hasSentAll() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0)) {
            Target target = Target.local(upstream.port());
            try (Crowd crowd = Crowd.eager(target, new NoncePlan().bests(target, upstream.round(), 8, 100))) {
                crowd.exhaust(Duration.ofSeconds(30), tally);
            }

            assertThat(upstream.confirmed()).isEqualTo(100);
            assertThat(tally.answered()).isEqualTo(100);
        }
    }

    @Test
    void nobodyThere_isSaid() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> polls(Target.local(port), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("to http://");
    }

    @Test
    void serverThatIsGone_isFailureAndNoEnd() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                Crowd crowd = polls(Target.local(upstream.port()), 2)) {
            upstream.close();
            crowd.start();
            crowd.drive(SHORT, tally);
            crowd.drain();

            assertThat(tally.answered()).isZero();
            assertThat(tally.failures()).isGreaterThan(2);
        }
    }

    @Test
    void sliceWithoutAnAnswer_isNoMeasurement() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                Contender contender = new Contender(
                        polls(Target.local(upstream.port()), 1), new Vitals(OptionalLong.empty()))) {
            upstream.close();

            assertThatThrownBy(() -> contender.slice(Duration.ofMillis(1), Duration.ofMillis(100)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no request got a result");
        }
    }

    @Test
    void interrupted_stops() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                Crowd crowd = polls(Target.local(upstream.port()), 1)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> crowd.drive(Duration.ofSeconds(30), tally))
                    .isInstanceOf(InterruptedException.class);
        }
    }

    private static Crowd polls(Target target, int size) throws IOException {
        return Crowd.eager(target, Collections.nCopies(size, RequestSource.polls(target)));
    }
}
