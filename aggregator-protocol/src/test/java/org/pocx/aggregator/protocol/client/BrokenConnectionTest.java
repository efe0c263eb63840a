package org.pocx.aggregator.protocol.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pocx.aggregator.core.testkit.RawRequest;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.Unreachable;
import org.pocx.aggregator.protocol.Samples;

/** How often an upstream sees a nonce whose connection breaks. */
@Timeout(180)
class BrokenConnectionTest {
    private static final SubmitOutcome ACCEPTED = new SubmitOutcome.Accepted(99);

    private final AtomicInteger requests = new AtomicInteger();
    private ServerSocket listener;
    private RpcUpstream upstream;

    /** What the server does with one request. */
    enum Step {
        ANSWER,
        ANSWER_AND_CLOSE,
        CLOSE,
        RESET,
        BREAK_IN_THE_HEAD,
        BREAK_IN_THE_BODY,
        CLOSE_AFTER_A_WHILE
    }

    /** Each connection has its steps; those beyond the last list only answer. */
    @SafeVarargs
    private void serve(List<Step>... connections) throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        upstream = new RpcUpstream(new RpcUpstreamSettings(
                URI.create("http://127.0.0.1:" + listener.getLocalPort()), new Credentials.None(),
                Duration.ofSeconds(20)));
        Thread.ofVirtual().start(() -> {
            for (int i = 0;; i++) {
                List<Step> steps = i < connections.length ? connections[i] : List.of();
                try {
                    Socket connection = listener.accept();
                    Thread.ofVirtual().start(() -> talk(connection, steps));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
        listener.close();
    }

    private void talk(Socket connection, List<Step> steps) {
        try (connection) {
            for (int i = 0;; i++) {
                RawRequest request = RawRequest.read(connection.getInputStream());
                requests.incrementAndGet();
                if (!step(connection, i < steps.size() ? steps.get(i) : Step.ANSWER, request)) {
                    return;
                }
            }
        } catch (IOException | InterruptedException gone) {
            return;
        }
    }

    /** Returns whether the connection goes on. */
    private static boolean step(Socket connection, Step step, RawRequest request)
            throws IOException, InterruptedException {
        String answer = "{\"result\":{\"raw_quality\":99},\"id\":" + request.id() + "}";
        String whole = "HTTP/1.1 200 OK\r\ncontent-length: " + answer.length() + "\r\n\r\n" + answer;
        switch (step) {
            case ANSWER, ANSWER_AND_CLOSE -> connection.getOutputStream().write(whole.getBytes(ISO_8859_1));
            case CLOSE -> {}
            case RESET -> connection.setSoLinger(true, 0);
            case BREAK_IN_THE_HEAD -> connection.getOutputStream().write(whole.substring(0, 10).getBytes(ISO_8859_1));
            case BREAK_IN_THE_BODY ->
                connection.getOutputStream().write(whole.substring(0, whole.length() - 1).getBytes(ISO_8859_1));
            case CLOSE_AFTER_A_WHILE -> new CountDownLatch(1).await(1_500, TimeUnit.MILLISECONDS);
        }
        return step == Step.ANSWER;
    }

    private SubmitOutcome submit() {
        return upstream.submit(Samples.submission());
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET", "BREAK_IN_THE_HEAD", "BREAK_IN_THE_BODY"})
    void freshConnectionThatBreaks_isOneRequest(Step fault) throws IOException {
        serve(List.of(fault));
        assertThat(submit()).isInstanceOf(Unreachable.class);
        assertThat(requests).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET", "BREAK_IN_THE_HEAD", "BREAK_IN_THE_BODY"})
    void upstreamThatBreaksEveryConnection_seesOneRequestEachTime(Step fault) throws IOException {
        serve(List.of(Step.ANSWER_AND_CLOSE), List.of(fault), List.of(fault), List.of(fault), List.of(fault));
        assertThat(submit()).isEqualTo(ACCEPTED);
        submit(); // may have met the connection that was closed
        requests.set(0);
        assertThat(submit()).isInstanceOf(Unreachable.class);
        assertThat(submit()).isInstanceOf(Unreachable.class);
        assertThat(requests).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET"})
    void keptConnectionThatThePeerClosed_costsNoFailure(Step fault) throws IOException {
        serve(List.of(Step.ANSWER, fault));
        assertThat(submit()).isEqualTo(ACCEPTED);
        assertThat(submit()).isEqualTo(ACCEPTED);
        assertThat(requests).hasValue(3);
    }

    @Test
    void keptConnectionThatThePeerClosedWhileIdle_costsNoFailure() throws IOException {
        serve(List.of(Step.ANSWER_AND_CLOSE), List.of(Step.ANSWER_AND_CLOSE), List.of(Step.ANSWER_AND_CLOSE));
        for (int i = 0; i < 4; i++) {
            assertThat(submit()).isEqualTo(ACCEPTED);
        }
        assertThat(requests).hasValue(4);
    }

    @ParameterizedTest
    @EnumSource(names = {"BREAK_IN_THE_HEAD", "BREAK_IN_THE_BODY"})
    void keptConnectionThatBreaksInItsAnswer_isNotTriedAgain(Step fault) throws IOException {
        serve(List.of(Step.ANSWER, fault));
        assertThat(submit()).isEqualTo(ACCEPTED);
        assertThat(submit()).isInstanceOf(Unreachable.class);
        assertThat(requests).hasValue(2);
    }

    @Test
    void keptConnectionThatClosesLater_wasNotIdleAndIsNotTriedAgain() throws IOException {
        serve(List.of(Step.ANSWER, Step.CLOSE_AFTER_A_WHILE));
        assertThat(submit()).isEqualTo(ACCEPTED);
        assertThat(submit()).isInstanceOf(Unreachable.class);
        assertThat(requests).hasValue(2);
    }

    @Test
    void secondConnectionThatBreaksToo_isNotFollowedByAThird() throws IOException {
        serve(List.of(Step.ANSWER, Step.CLOSE), List.of(Step.CLOSE));
        assertThat(submit()).isEqualTo(ACCEPTED);
        assertThat(submit()).isInstanceOf(Unreachable.class);
        assertThat(requests).hasValue(3);
    }
}
