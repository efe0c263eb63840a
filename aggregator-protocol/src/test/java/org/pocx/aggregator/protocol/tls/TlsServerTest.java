package org.pocx.aggregator.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.http.AdmissionControl;
import org.pocx.aggregator.http.EngineLimits;
import org.pocx.aggregator.http.HttpEngine;
import org.pocx.aggregator.http.testkit.TlsIdentities;

/** The engine with TLS, and with files that change under it. */
@Timeout(180)
class TlsServerTest {
    private static final int BIG = 64 * 1024 * 1024;
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration AMPLE = Duration.ofMinutes(2);

    @TempDir private static Path made;

    private static TlsFiles.Pem first;
    private static TlsFiles.Pem second;

    @TempDir private Path folder;

    private TlsFiles.Pem files;
    private final CountDownLatch answerIsCut = new CountDownLatch(1);
    private ReloadingTls tls;
    private HttpServer server;
    private SSLContext client;

    @BeforeAll
    static void make() {
        first = PemFiles.pem(TlsIdentities.keyStore(made, "first", "EC"));
        second = PemFiles.pem(TlsIdentities.keyStore(made, "second", "RSA"));
    }

    @BeforeEach
    void start() throws Exception {
        files = new TlsFiles.Pem(folder.resolve("server.crt"), folder.resolve("server.key"));
        put(first.certificates(), files.certificates());
        put(first.key(), files.key());
        tls = ReloadingTls.open("the test", files);
        client = TlsIdentities.anyServer();
        serve(new EngineLimits(AMPLE, AMPLE, AMPLE, 2048, 20));
    }

    private void serve(EngineLimits limits) throws IOException {
        HttpsServer secure = new HttpEngine(AdmissionControl.ADMIT_ALL, limits, WallClock.system())
                .createHttpsServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        secure.setHttpsConfigurator(tls);
        secure.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int length = exchange.getRequestURI().getPath().equals("/big") ? BIG : body.length + 1;
            exchange.sendResponseHeaders(200, length);
            try {
                exchange.getResponseBody().write(new byte[length]);
            } catch (IOException cut) {
                answerIsCut.countDown();
                throw cut;
            }
        });
        secure.start();
        server = secure;
    }

    private void restart(EngineLimits limits) throws IOException {
        server.stop(0);
        serve(limits);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        tls.close();
    }

    /** Replaces a file as a tool would, with a time of change that differs. */
    private static void put(Path from, Path to) throws IOException {
        Path beside = Path.of(to + ".new");
        Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(beside,
                FileTime.from(WallClock.ofFiles().instant().plusNanos(System.nanoTime() % 1_000_000)));
        Files.move(beside, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private SSLSocket connect() throws IOException {
        SSLSocket socket = (SSLSocket) client.getSocketFactory()
                .createSocket(server.getAddress().getAddress(), server.getAddress().getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }

    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("closed after " + answer);
            }
            answer.append((char) c);
        }
        return answer.toString();
    }

    private String servedName() {
        try (SSLSocket socket = connect()) {
            socket.startHandshake();
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertServed() throws IOException {
        try (SSLSocket socket = connect()) {
            ask(socket, "GET / HTTP/1.1\r\nhost: x\r\n\r\n");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void requestsOverOneConnection_areAnswered() throws IOException {
        try (SSLSocket socket = connect()) {
            for (int i = 0; i < 20; i++) {
                ask(socket, "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc");
                assertThat(answer(socket)).contains("Content-length: 4");
                assertThat(socket.getInputStream().readNBytes(4)).hasSize(4);
            }
        }
    }

    @Test
    void pipelinedRequests_areAllAnsweredWithoutAnotherByte() throws IOException {
        try (SSLSocket socket = connect()) {
            ask(socket, "GET / HTTP/1.1\r\nhost: x\r\n\r\n".repeat(10));
            for (int i = 0; i < 10; i++) {
                assertThat(answer(socket)).startsWith("HTTP/1.1 200 ");
                assertThat(socket.getInputStream().read()).isZero();
            }
        }
    }

    @Test
    void peerThatDoesNotReadItsAnswer_stallsNobodyAndIsCut() throws Exception {
        restart(new EngineLimits(AMPLE, SHORT, AMPLE, 2048, 20));
        try (SSLSocket deaf = connect()) {
            ask(deaf, "GET /big HTTP/1.1\r\nhost: x\r\n\r\n");
            do {
                assertServed();
            } while (answerIsCut.getCount() > 0);
            long read = 0;
            byte[] buffer = new byte[1 << 16];
            try {
                for (int n = deaf.getInputStream().read(buffer); n >= 0; n = deaf.getInputStream().read(buffer)) {
                    read += n;
                }
            } catch (IOException cut) {
                assertThat(read).isLessThan(BIG);
            }
            assertThat(read).isLessThan(BIG);
        }
    }

    @Test
    void handshakeThatStalls_stallsNobody() throws IOException {
        try (Socket silent = stalledHandshake()) {
            assertServed();
            assertThat(silent.getInputStream().available()).isZero();
        }
    }

    @Test
    void handshakeThatStalls_isCut() throws IOException {
        restart(new EngineLimits(SHORT, AMPLE, AMPLE, 2048, 20));
        try (Socket silent = stalledHandshake()) {
            assertThat(silent.getInputStream().read()).isNegative();
        }
    }

    private Socket stalledHandshake() throws IOException {
        Socket silent = new Socket(server.getAddress().getAddress(), server.getAddress().getPort());
        silent.setSoTimeout(60_000);
        silent.getOutputStream().write(new byte[] {0x16, 3, 1});
        return silent;
    }

    @Test
    void plainRequest_isDroppedAndTheServerGoesOn() throws IOException {
        try (Socket plain = new Socket(server.getAddress().getAddress(), server.getAddress().getPort())) {
            plain.setSoTimeout(60_000);
            ask(plain, "GET / HTTP/1.1\r\nhost: x\r\n\r\n");
            assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP");
        }
        assertServed();
    }

    @Test
    void replacedFiles_areTakenUpByThemselves() throws IOException {
        assertThat(servedName()).isEqualTo("CN=first");
        put(second.certificates(), files.certificates());
        put(second.key(), files.key());
        Await.until("the new certificate is served", () -> servedName().equals("CN=second"));
    }

    @Test
    void brokenFiles_leaveTheOldOnesUntilTheyAreMended() throws IOException {
        Files.writeString(files.key(), "garbage");
        tls.look();
        tls.look();
        assertThat(servedName()).isEqualTo("CN=first");
        Files.delete(files.key());
        tls.reload(files);
        assertThat(servedName()).isEqualTo("CN=first");
        put(second.certificates(), files.certificates());
        put(second.key(), files.key());
        Await.until("the new certificate is served", () -> servedName().equals("CN=second"));
    }

    @Test
    void halfOfAReplacement_isNotTaken() throws IOException {
        put(second.certificates(), files.certificates());
        tls.look();
        tls.look();
        assertThat(servedName()).isEqualTo("CN=first");
    }

    @Test
    void otherFiles_areTakenUpOnReload() {
        tls.reload(second);
        assertThat(servedName()).isEqualTo("CN=second");
    }
}
