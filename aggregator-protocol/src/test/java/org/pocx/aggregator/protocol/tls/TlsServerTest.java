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

/** The HTTP engine with TLS, and the reloading of changed files. */
@Timeout(180)
class TlsServerTest {
    private static final int BIG = 64 * 1024 * 1024;
    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONG_TIMEOUT = Duration.ofMinutes(2);

    @TempDir private static Path certificates;

    private static TlsFiles.Pem first;
    private static TlsFiles.Pem second;

    @TempDir private Path folder;

    private TlsFiles.Pem files;
    private final CountDownLatch writeFailed = new CountDownLatch(1);
    private ReloadingHttpsConfigurator tls;
    private HttpServer server;
    private SSLContext client;

    @BeforeAll
    static void createCertificates() {
        first = PemFiles.pem(TlsIdentities.keyStore(certificates, "first", "EC"));
        second = PemFiles.pem(TlsIdentities.keyStore(certificates, "second", "RSA"));
    }

    @BeforeEach
    void start() throws Exception {
        files = new TlsFiles.Pem(folder.resolve("server.crt"), folder.resolve("server.key"));
        replace(first.certificates(), files.certificates());
        replace(first.key(), files.key());
        tls = ReloadingHttpsConfigurator.open("the test", files);
        client = TlsIdentities.anyServer();
        serve(new EngineLimits(LONG_TIMEOUT, LONG_TIMEOUT, LONG_TIMEOUT, 2048, 20));
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
            } catch (IOException aborted) {
                writeFailed.countDown();
                throw aborted;
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

    /** Replaces a file atomically, with another modification time. */
    private static void replace(Path from, Path to) throws IOException {
        Path temporary = Path.of(to + ".new");
        Files.copy(from, temporary, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(temporary,
                FileTime.from(WallClock.ofFiles().instant().plusNanos(System.nanoTime() % 1_000_000)));
        Files.move(temporary, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private SSLSocket connect() throws IOException {
        SSLSocket socket = (SSLSocket) client.getSocketFactory()
                .createSocket(server.getAddress().getAddress(), server.getAddress().getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }

    private static String readHeaders(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder headers = new StringBuilder();
        while (!headers.toString().endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("closed after " + headers);
            }
            headers.append((char) c);
        }
        return headers.toString();
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
            send(socket, "GET / HTTP/1.1\r\nhost: x\r\n\r\n");
            assertThat(readHeaders(socket)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void requestsOnOneConnection_areAnswered() throws IOException {
        try (SSLSocket socket = connect()) {
            for (int i = 0; i < 20; i++) {
                send(socket, "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc");
                assertThat(readHeaders(socket)).contains("Content-length: 4");
                assertThat(socket.getInputStream().readNBytes(4)).hasSize(4);
            }
        }
    }

    @Test
    void pipelinedRequests_areAllAnswered() throws IOException {
        try (SSLSocket socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\nhost: x\r\n\r\n".repeat(10));
            for (int i = 0; i < 10; i++) {
                assertThat(readHeaders(socket)).startsWith("HTTP/1.1 200 ");
                assertThat(socket.getInputStream().read()).isZero();
            }
        }
    }

    @Test
    void peerThatDoesNotRead_delaysNoOtherAndIsDisconnected() throws Exception {
        restart(new EngineLimits(LONG_TIMEOUT, SHORT_TIMEOUT, LONG_TIMEOUT, 2048, 20));
        try (SSLSocket slowReader = connect()) {
            send(slowReader, "GET /big HTTP/1.1\r\nhost: x\r\n\r\n");
            do {
                assertServed();
            } while (writeFailed.getCount() > 0);
            long read = 0;
            byte[] buffer = new byte[1 << 16];
            try {
                for (int n = slowReader.getInputStream().read(buffer); n >= 0; n =
                        slowReader.getInputStream().read(buffer)) {
                    read += n;
                }
            } catch (IOException disconnected) {
                assertThat(read).isLessThan(BIG);
            }
            assertThat(read).isLessThan(BIG);
        }
    }

    @Test
    void stalledHandshake_delaysNoOtherConnection() throws IOException {
        try (Socket silent = stalledHandshake()) {
            assertServed();
            assertThat(silent.getInputStream().available()).isZero();
        }
    }

    @Test
    void stalledHandshake_timesOut() throws IOException {
        restart(new EngineLimits(SHORT_TIMEOUT, LONG_TIMEOUT, LONG_TIMEOUT, 2048, 20));
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
    void plainRequest_isDroppedAndTheServerContinues() throws IOException {
        try (Socket plain = new Socket(server.getAddress().getAddress(), server.getAddress().getPort())) {
            plain.setSoTimeout(60_000);
            send(plain, "GET / HTTP/1.1\r\nhost: x\r\n\r\n");
            assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP");
        }
        assertServed();
    }

    @Test
    void replacedFiles_areLoadedAutomatically() throws IOException {
        assertThat(servedName()).isEqualTo("CN=first");
        replace(second.certificates(), files.certificates());
        replace(second.key(), files.key());
        Await.until("the new certificate is served", () -> servedName().equals("CN=second"));
    }

    @Test
    void invalidFiles_keepTheCurrentCertificateUntilFixed() throws IOException {
        Files.writeString(files.key(), "garbage");
        tls.checkForChanges();
        tls.checkForChanges();
        assertThat(servedName()).isEqualTo("CN=first");
        Files.delete(files.key());
        tls.reload(files);
        assertThat(servedName()).isEqualTo("CN=first");
        replace(second.certificates(), files.certificates());
        replace(second.key(), files.key());
        Await.until("the new certificate is served", () -> servedName().equals("CN=second"));
    }

    @Test
    void incompleteReplacement_isNotLoaded() throws IOException {
        replace(second.certificates(), files.certificates());
        tls.checkForChanges();
        tls.checkForChanges();
        assertThat(servedName()).isEqualTo("CN=first");
    }

    @Test
    void otherFiles_areLoadedOnReload() {
        tls.reload(second);
        assertThat(servedName()).isEqualTo("CN=second");
    }
}
