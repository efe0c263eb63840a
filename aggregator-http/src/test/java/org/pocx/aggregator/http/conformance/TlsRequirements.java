package org.pocx.aggregator.http.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.http.testkit.RawHttpResponse;
import org.pocx.aggregator.http.testkit.TlsIdentities;

/** RFC 9112, sections 9.7 and 9.8: HTTP over TLS. */
interface TlsRequirements extends Requirements {
    /** RFC 9112, 9.7: requests over TLS are as requests over TCP. */
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    default void requestOverTls_isServed(String protocol) throws IOException {
        try (RawHttpClient client = new RawHttpClient(secured(new Socket(), protocol))) {
            assertThat(client.exchange(RawHttpClient.post("/a", "b")).body()).isEqualTo("/a b");
            assertThat(client.exchange(RawHttpClient.get("/stream")).body()).isEqualTo("onetwo");
        }
    }

    /** RFC 9112, 9.3.2: requests are pipelined over TLS as well. */
    @Test
    default void pipelinedRequestsOverTls_areAnsweredInOrder() throws IOException {
        try (RawHttpClient client = new RawHttpClient(secured(new Socket(), "TLSv1.3"))) {
            client.send(wire("POST /a HTTP/1.1⏎Host: x⏎Content-Length: 1⏎⏎b" + NEXT));
            assertThat(List.of(client.read().body(), client.read().body())).containsExactly("/a b", "/next ");
        }
    }

    /** RFC 9112, 9.8: a server that closes a connection sends close_notify before. TLS 1.2 shows the type of a record. */
    @Test
    default void closingServer_sendsCloseNotify() throws IOException {
        RecordedSocket below = new RecordedSocket();
        try (RawHttpClient client = new RawHttpClient(secured(below, "TLSv1.2"))) {
            client.send(wire("GET /a HTTP/1.1⏎Host: x⏎Connection: close⏎⏎"));
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(below.typeOfLastRecord()).isEqualTo(RecordedSocket.ALERT);
    }

    /** RFC 9112, 9.8: a close without close_notify within a body leaves the request incomplete. */
    @Test
    default void truncatedBodyOverTls_isNotTakenAsAWholeOne() throws IOException {
        server().forget();
        Socket below = new Socket();
        try (RawHttpClient client = new RawHttpClient(secured(below, "TLSv1.3"))) {
            client.send(wire("POST /a HTTP/1.1⏎Host: x⏎Content-Length: 10⏎⏎abc"));
            below.shutdownOutput();
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(server().seen()).isEmpty();
    }

    /** RFC 9112, 9.7: a request without TLS at a port with TLS is not served, and does not disturb the others. */
    @Test
    default void plainRequestAtThePortWithTls_isNotServed() throws IOException {
        server().forget();
        try (Socket plain = new Socket(server().secureAddress().getAddress(), server().secureAddress().getPort())) {
            plain.setSoTimeout(60_000);
            plain.getOutputStream().write(wire(NEXT));
            plain.shutdownOutput();
            assertThat(new String(plain.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP/1.1 2");
        }
        assertThat(server().seen()).isEmpty();
        requestOverTls_isServed("TLSv1.3");
    }

    /** Clients over TLS that do not read, or do not shake hands, do not keep others waiting. */
    @Test
    default void deafAndSilentClientsOverTls_doNotKeepOthersWaiting() throws IOException {
        List<AutoCloseable> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                RawHttpClient deaf = new RawHttpClient(secured(new Socket(), "TLSv1.3"));
                clients.add(deaf.send(RawHttpClient.get("/big")));
                Socket silent = new Socket(
                        server().secureAddress().getAddress(), server().secureAddress().getPort());
                silent.getOutputStream().write(0x16);
                clients.add(silent);
            }
            requestOverTls_isServed("TLSv1.3");
            assertThat(exchange(NEXT)).extracting(RawHttpResponse::status).containsExactly(200);
        } finally {
            for (AutoCloseable client : clients) {
                closeBelow(client);
            }
        }
    }

    private static void closeBelow(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception alreadyClosed) {
            assertThat(alreadyClosed).isInstanceOf(IOException.class);
        }
    }

    private SSLSocket secured(Socket below, String protocol) throws IOException {
        below.connect(server().secureAddress());
        SSLSocket socket = (SSLSocket) TlsIdentities.anyServer().getSocketFactory().createSocket(below, "localhost",
                below.getPort(), true);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }
}
