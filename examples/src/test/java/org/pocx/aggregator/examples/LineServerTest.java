package org.pocx.aggregator.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.testkit.Threads;

class LineServerTest {
    private static final MiningInfo ROUND = Nonces.round(100);

    private final Threads before = Threads.now();
    private final FakeUpstream pool = new FakeUpstream();
    private final Aggregator aggregator = Aggregator.builder().upstream(pool).build();
    private LineServer server;

    @BeforeEach
    void start() throws IOException {
        pool.announce(ROUND);
        aggregator.start();
        server = new LineServer(0, aggregator);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        aggregator.close();
    }

    /** What the server says to a line; null when it closes the connection. */
    private String say(String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write((line + "\n").getBytes(US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
        }
    }

    private static String line(NonceSubmission nonce) {
        return String.join(
                " ",
                "nonce",
                nonce.blockHash(),
                Long.toUnsignedString(nonce.height()),
                nonce.generationSignature(),
                Long.toUnsignedString(nonce.baseTarget()),
                nonce.accountId(),
                nonce.seed(),
                Long.toUnsignedString(nonce.nonce()),
                Integer.toString(nonce.compression()),
                Long.toUnsignedString(nonce.rawQuality()));
    }

    @Test
    void info_namesTheRound() throws IOException {
        assertThat(say("info"))
                .isEqualTo("info 100 " + ROUND.blockHash() + " " + ROUND.generationSignature() + " "
                        + ROUND.baseTarget());
    }

    @Test
    void nonce_isTakenAndForwarded() throws IOException {
        NonceSubmission nonce = Nonces.nonce(ROUND, 1, -1, 0);

        assertThat(say(line(nonce))).isEqualTo("taken 0");

        Await.until("it is forwarded", () -> pool.submitted().contains(nonce));
    }

    @Test
    void nonceOfAnUnknownRound_isRefused() throws IOException {
        say("info");

        assertThat(say(line(Nonces.nonce(Nonces.round(55), 1, 1, 5)))).startsWith("refused Stale submission");
    }

    @Test
    void malformedLines_areRefused() throws IOException {
        assertThat(say("hello")).isEqualTo("refused no such request");
        assertThat(say("nonce 1 2 3 4 5 6 7 8 9")).isEqualTo("refused malformed: block_hash must be 64 hex characters");
    }

    @Test
    void lineThatDoesNotEnd_endsTheConnection() throws IOException {
        assertThat(say("x".repeat(600))).isNull();
    }

    @Test
    void close_leavesNoThread() throws IOException {
        try (Socket open = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            open.getOutputStream().write("info\n".getBytes(US_ASCII));
            assertThat(open.getInputStream().read()).isEqualTo('i');
            stop();
        }

        before.awaitNoOthers();
    }
}
