package org.pocx.aggregator.cli.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.pocx.aggregator.cli.it.HostileUpstream.Answer;

/** What an upstream can do instead of giving an answer, with the words by which the operator is to be told. */
enum UpstreamFault {
    GIGABYTE("the response is longer than 65536 bytes", (out, id) -> {
        text(out, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
        endless(out, " ".repeat(65_536));
    }),
    GIGABYTE_IN_CHUNKS("the response is longer than 65536 bytes", (out, id) -> {
        text(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        endless(out, "10000\r\n" + " ".repeat(0x10000) + "\r\n");
    }),
    GIGABYTE_UNTIL_THE_END("the response is longer than 65536 bytes", (out, id) -> {
        text(out, "HTTP/1.1 200 OK\r\n\r\n");
        endless(out, " ".repeat(65_536));
    }),
    HUGE_HEADER("the response is not valid HTTP: Header size too big", (out, id) -> {
        text(out, "HTTP/1.1 200 OK\r\nX-Long: ");
        endless(out, "x".repeat(65_536));
    }),
    MILLION_HEADERS("the response is not valid HTTP: Header size too big", (out, id) -> {
        text(out, "HTTP/1.1 200 OK\r\n");
        endless(out, "X-Y: z\r\n".repeat(1_000));
    }),
    INTERIM_ANSWERS("the response is not valid HTTP: Too many interim responses",
            (out, id) -> endless(out, "HTTP/1.1 102 Processing\r\n\r\n".repeat(1_000))),
    BOMB("a compressed body (Content-Encoding: gzip)", (out, id) -> {
        byte[] bomb = bomb();
        text(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n");
        out.write(bomb);
    }),
    DRIPPING_HEAD("no complete response within 3000 ms", (out, id) -> drip(out, "HTTP/1.1 200 OK\r\nX-Slow: ")),
    DRIPPING_BODY("no complete response within 3000 ms",
            (out, id) -> drip(out, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")),
    SILENCE("no complete response within 3000 ms", (out, id) -> new CountDownLatch(1).await(10, TimeUnit.MINUTES)),
    CLOSED("the connection was lost", (out, id) -> {}),
    BROKEN_BODY("the connection was lost", (out, id) -> text(out, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")),
    NO_HTTP("", (out, id) -> text(out, "SSH-2.0-OpenSSH_9.6\r\n")),
    WRONG_ID("wrong id", json("{\"result\":{},\"id\":0}")),
    ID_AS_TEXT("wrong id", json("{\"result\":{},\"id\":\"ID\"}")),
    ARRAY("a body that is not a JSON object", json("[{\"result\":{},\"id\":ID}]")),
    RESULT_OF_WRONG_TYPE("result must be an object", json("{\"result\":[],\"id\":ID}")),
    NO_RESULT("neither result nor error", json("{\"id\":ID}")),
    RESULT_AND_ERROR("both a result and an error", json("{\"result\":{},\"error\":{\"code\":-26},\"id\":ID}")),
    DEEP_JSON("not valid JSON", json("{\"result\":" + "[".repeat(20_000) + ",\"id\":ID}")),
    WIDE_CHARACTERS("not valid JSON", json("{\"result\":\"\u00ff\u00fe\",\"id\":ID}"));

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Answer answer;

    UpstreamFault(String words, Answer answer) {
        this.words = words;
        this.answer = answer;
    }

    String words() {
        return words;
    }

    Answer answer() {
        return answer;
    }

    private static Answer json(String body) {
        return HostileUpstream.json(body);
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }

    private static void endless(OutputStream out, String text) throws IOException {
        byte[] piece = text.getBytes(ISO_8859_1);
        for (long sent = 0; sent < 1L << 30; sent += piece.length) {
            out.write(piece);
        }
    }

    private static void drip(OutputStream out, String begin) throws IOException, InterruptedException {
        text(out, begin);
        while (true) {
            text(out, " ");
            new CountDownLatch(1).await(1, TimeUnit.SECONDS);
        }
    }

    /** Eight megabytes in eight thousand bytes. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(new byte[8 << 20]);
        }
        return bytes.toByteArray();
    }
}
