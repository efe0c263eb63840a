package org.pocx.aggregator.protocol.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.Kind;
import org.pocx.aggregator.protocol.Samples;

/** Hostile or invalid responses: each call must end soon, with a message of one line, and without filling the memory. */
@Timeout(180)
class HostileUpstreamTest {
    private static final long GIGABYTE = 1L << 30;

    /** An upper bound for the socket buffers of both sides and the bytes that the client reads before it aborts. */
    private static final long MAX_WRITTEN = 32L << 20;

    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(1);
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();
    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(60);
    private static final byte[] CHUNK = " ".repeat(64 * 1024).getBytes(ISO_8859_1);

    /** Endless responses, each with a part of the expected error message. */
    enum EndlessResponse {
        BODY_OF_KNOWN_LENGTH("longer than 65536 bytes", out -> {
            text(out, "HTTP/1.1 200 OK\r\nContent-Length: " + GIGABYTE + "\r\n\r\n");
            endless(out, "");
        }),
        BODY_IN_CHUNKS("longer than 65536 bytes", out -> {
            text(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            endless(out, "10000\r\n" + " ".repeat(0x10000) + "\r\n");
        }),
        BODY_UNTIL_THE_END("longer than 65536 bytes", out -> {
            text(out, "HTTP/1.1 200 OK\r\n\r\n");
            endless(out, "");
        }),
        ONE_HEADER("not valid HTTP: Header size too big", out -> {
            text(out, "HTTP/1.1 200 OK\r\nX-Long: ");
            endless(out, "");
        }),
        MANY_HEADERS("not valid HTTP: Header size too big", out -> {
            text(out, "HTTP/1.1 200 OK\r\n");
            endless(out, "X-Y: z\r\n".repeat(1000));
        }),
        STATUS_LINE("", out -> {
            text(out, "HTTP/1.1 200 ");
            endless(out, "");
        }),
        CHUNK_EXTENSION("", out -> {
            text(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;");
            endless(out, "x".repeat(10_000));
        }),
        INTERIM_ANSWERS("", out -> endless(out, "HTTP/1.1 102 Processing\r\n\r\n".repeat(1000)));

        private final String message;

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final Writer writer;

        EndlessResponse(String message, Writer writer) {
            this.message = message;
            this.writer = writer;
        }
    }

    private interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }

    private static void endless(OutputStream out, String text) throws IOException {
        byte[] chunk = text.isEmpty() ? CHUNK : text.getBytes(ISO_8859_1);
        for (long sent = 0; sent < GIGABYTE; sent += chunk.length) {
            out.write(chunk);
        }
    }

    /** As the program does at its start. */
    @BeforeAll
    static void applyClientProperties() {
        HttpClientProperties.apply();
    }

    private static UpstreamTrouble submit(RawUpstream upstream, Duration timeout) {
        try (RpcUpstream client =
                new RpcUpstream(new RpcUpstreamSettings(upstream.uri(), new Credentials.Bearer("secret"), timeout))) {
            return Troubles.unreachable(client.submit(Samples.submission()));
        }
    }

    @ParameterizedTest
    @EnumSource(EndlessResponse.class)
    void endlessResponse_isAbortedEarlyAndReportedInOneLine(EndlessResponse response) throws IOException {
        try (RawUpstream upstream = new RawUpstream((out, id) -> response.writer.writeTo(out))) {
            UpstreamTrouble outcome = submit(upstream, LONG_TIMEOUT);
            assertThat(outcome.kind()).as(outcome.message().text()).isEqualTo(Kind.UNREACHABLE);
            assertThat(outcome.message().text())
                    .startsWith(upstream.uri() + ": ")
                    .contains(response.message)
                    .hasSizeLessThan(400)
                    .doesNotContain("\n");
            assertThat(upstream.written()).isLessThan(MAX_WRITTEN);
            assertThat(upstream.requests()).isEqualTo(1);
        }
    }

    @Test
    void compressedResponse_isNotDecompressed() throws IOException {
        byte[] large = compressed(80L << 20);
        try (RawUpstream upstream = new RawUpstream((out, id) -> {
            text(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + large.length + "\r\n\r\n");
            out.write(large);
        })) {
            assertThat(submit(upstream, LONG_TIMEOUT).message().text()).contains("the response is longer than 65536 bytes");
        }
        byte[] small = compressed(8L << 20);
        try (RawUpstream upstream = new RawUpstream((out, id) -> {
            text(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + small.length + "\r\n\r\n");
            out.write(small);
        })) {
            assertThat(submit(upstream, LONG_TIMEOUT).message().text()).contains("compressed body (Content-Encoding: gzip)");
        }
    }

    private static byte[] compressed(long spaces) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                for (long sent = 0; sent < spaces; sent += CHUNK.length) {
                    out.write(CHUNK);
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX-Slow: ", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"})
    void slowResponse_endsAtTheDeadline(String start) throws IOException {
        try (RawUpstream upstream = new RawUpstream((out, id) -> {
            text(out, start);
            while (true) {
                text(out, " ");
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        })) {
            UpstreamTrouble outcome = submit(upstream, SHORT_TIMEOUT);
            assertThat(outcome.message().text()).endsWith("no complete response within 1000 ms");
            assertThat(outcome.kind()).isEqualTo(Kind.TIMED_OUT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirect_isNeverFollowed(int status) throws IOException {
        try (RawUpstream other = new RawUpstream((out, id) -> text(out, "HTTP/1.1 200 OK\r\n\r\n"));
                RawUpstream upstream = new RawUpstream((out, id) -> text(
                        out,
                        String.format(
                                Locale.ROOT,
                                "HTTP/1.1 %d There\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n",
                                status,
                                other.uri())))) {
            assertThat(submit(upstream, LONG_TIMEOUT).message().text())
                    .contains("HTTP " + status + " redirects to " + other.uri())
                    .contains("set upstream.url to it");
            assertThat(other.requests()).isZero();
            assertThat(upstream.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", "HTTP/1.1 200 OK\r\nBad Name: x\r\n\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n", "\u0015\u0003\u0003\u0000\u0002\u0002(", "HTTP/1.1 200"
    })
    void invalidHttp_isReportedSoonInOneLine(String bytes) throws IOException {
        try (RawUpstream upstream = new RawUpstream((out, id) -> text(out, bytes))) {
            UpstreamTrouble outcome = submit(upstream, LONG_TIMEOUT);
            assertThat(outcome.kind()).as(outcome.message().text()).isEqualTo(Kind.UNREACHABLE);
            assertThat(outcome.message().text()).startsWith(upstream.uri() + ": ").doesNotContain("\n", "Exception");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"result\":[],\"id\":ID}", "{\"result\":true,\"id\":ID}", "{\"result\":\"ok\",\"id\":ID}",
        "{\"result\":{\"raw_quality\":\"many\"},\"id\":ID}", "{\"result\":{\"raw_quality\":-1},\"id\":ID}",
        "{\"result\":{\"raw_quality\":18446744073709551616},\"id\":ID}",
        "{\"result\":{\"raw_quality\":1.5},\"id\":ID}", "{\"result\":{\"raw_quality\":{}},\"id\":ID}",
        "{\"result\":{\"raw_quality\":5},\"id\":0}", "{\"result\":{\"raw_quality\":5},\"id\":\"ID\"}",
        "{\"result\":{\"raw_quality\":5}}", "{\"result\":{\"raw_quality\":5},\"id\":[ID]}",
        "[{\"result\":{\"raw_quality\":5},\"id\":ID}]", "{\"id\":ID}", "{\"result\":null,\"id\":ID}",
        "{\"result\":{\"raw_quality\":5},\"error\":{\"code\":-26,\"message\":\"PoCX validation failed\"},\"id\":ID}",
        "{\"error\":{\"code\":-26,\"message\":\"PoCX validation failed\"},\"id\":0}"
    })
    void invalidResponse_isNoVerdict(String json) throws IOException {
        try (RawUpstream upstream = new RawUpstream((out, id) -> {
            String body = json.replace("ID", id);
            text(out, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        })) {
            assertThat(submit(upstream, LONG_TIMEOUT).message().text()).startsWith(upstream.uri() + ": ");
        }
    }
}
