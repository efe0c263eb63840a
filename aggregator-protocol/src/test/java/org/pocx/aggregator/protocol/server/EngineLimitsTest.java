package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.protocol.Samples;

/** The engine's time limits, shortened from half a minute to a second, seen from a socket. */
@Timeout(60)
class EngineLimitsTest {
    private static Process child;
    private static InetSocketAddress address;

    @BeforeAll
    static void start() throws IOException {
        child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dsun.net.httpserver.maxReqTime=1",
                "-Dsun.net.httpserver.maxRspTime=1",
                "-Dsun.net.httpserver.idleInterval=3",
                "-Dsun.net.httpserver.clockTick=100",
                "-Dsun.net.httpserver.timerMillis=100",
                ChildServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(out.readLine()));
    }

    @AfterAll
    static void stop() throws Exception {
        child.getOutputStream().close();
        child.waitFor();
    }

    private static Duration untilClosed(RawClient client) throws IOException {
        long begun = System.nanoTime();
        assertThat(client.isClosed()).isTrue();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void connectionWithoutARequest_isCut() throws IOException {
        try (RawClient client = new RawClient(address)) {
            assertThat(untilClosed(client)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void headThatDoesNotEnd_isCut() throws IOException {
        try (RawClient client = new RawClient(address)) {
            client.send("POST / HTTP/1.1\r\nhost: te");
            assertThat(untilClosed(client)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(10));
        }
    }

    @Test
    void bodyThatDoesNotEnd_isCut() throws IOException {
        try (RawClient client = new RawClient(address)) {
            client.send("POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 100\r\n\r\n{");
            assertThat(untilClosed(client)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(10));
        }
    }

    @Test
    void answerThatIsNotRead_isCut() throws Exception {
        try (RawClient client = new RawClient(address)) {
            client.send(RawClient.get("/stats"));
            assertThat(client.bytesUntilClosedWithoutReading(Duration.ofSeconds(4)))
                    .isLessThan(64L * 1024 * 1024);
        }
    }

    @Test
    void idleConnection_isKeptForTheIdleTimeThoughLongerThanARequestMayTake() throws IOException {
        try (RawClient client = new RawClient(address)) {
            client.exchange(RawClient.post(Samples.traffic("get_mining_info.request")));
            assertThat(untilClosed(client)).isBetween(Duration.ofMillis(2500), Duration.ofSeconds(15));
        }
    }
}
