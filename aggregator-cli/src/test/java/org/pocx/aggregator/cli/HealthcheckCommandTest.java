package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The health check of a port that is not served by a healthy aggregator. */
@Timeout(180)
final class HealthcheckCommandTest {
    private static final long PAUSE_NANOS = 200_000_000;

    @TempDir Path folder;

    private ServerSocket server;
    private TestTerminal terminal;

    private interface Answer {
        void write(OutputStream out) throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        terminal = new TestTerminal(folder);
        Files.writeString(
                folder.resolve("aggregator_config.yaml"),
                "upstream: {rpc_host: node}\nlisten_address: 127.0.0.1:" + server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private String check(Answer answer) {
        Thread.ofPlatform().daemon().start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    answer.write(socket.getOutputStream());
                } catch (IOException e) {
                    // The test is over, or the client has had enough.
                }
            }
        });
        assertThat(terminal.run("healthcheck")).isEqualTo(1);
        return terminal.err();
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private String url() {
        return "pocx-aggregator: http://127.0.0.1:" + server.getLocalPort() + "/health ";
    }

    @Test
    void serverThatSendsSingleBytes_timesOut() {
        String said = check(out -> {
            text(out, "HTTP/1.1 200 OK\r\nA: ");
            for (int i = 0; i < 200; i++) {
                text(out, "x");
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });

        assertThat(said).isEqualTo(url() + "did not answer within 3 s: not healthy\n");
    }

    @Test
    void serverOfAnotherProtocol_isReported() {
        assertThat(check(out -> text(out, "SSH-2.0-OpenSSH_9.6\r\n")))
                .isEqualTo(url() + "answered, but not in HTTP: does another program use this port?\n");
    }

    @Test
    void otherStatus_isReported() {
        assertThat(check(out -> text(out, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")))
                .isEqualTo(url() + "answered HTTP 404: not healthy\n");
    }

    @Test
    void networksWithoutThisMachine_areReportedWithoutARequest() throws IOException {
        Files.writeString(
                folder.resolve("aggregator_config.yaml"),
                "upstream: {rpc_host: node}\nserver: { listen_address: '0.0.0.0:" + server.getLocalPort()
                        + "', allowed_networks: 10.0.0.0/8 }");

        assertThat(terminal.run("healthcheck")).isEqualTo(2);
        assertThat(terminal.err()).contains("server.allowed_networks does not include 127.0.0.1").contains("add it");
    }
}
