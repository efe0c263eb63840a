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
import org.pocx.aggregator.protocol.Samples;

/** How often an upstream receives a nonce when the connection fails. */
@Timeout(180)
class BrokenConnectionTest {
    private static final SubmitOutcome ACCEPTED = new SubmitOutcome.Accepted(99);

    private final AtomicInteger requests = new AtomicInteger();
    private ServerSocket listener;
    private RpcUpstream upstream;

    /** What the server does with one request. */
    enum Action {
        ANSWER,
        ANSWER_AND_CLOSE,
        CLOSE,
        RESET,
        CLOSE_WITHIN_HEADERS,
        CLOSE_WITHIN_BODY,
        CLOSE_AFTER_DELAY
    }

    /** Returns a host whose requests take the way to test. */
    String host() {
        return "127.0.0.1";
    }

    /** Serves each connection with its list of actions, and all further requests with answers. */
    @SafeVarargs
    private void serve(List<Action>... connections) throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        upstream = new RpcUpstream(new RpcUpstreamSettings(
                URI.create("http://" + host() + ":" + listener.getLocalPort()), new Credentials.None(),
                Duration.ofSeconds(20)));
        Thread.ofVirtual().start(() -> {
            for (int i = 0;; i++) {
                List<Action> actions = i < connections.length ? connections[i] : List.of();
                try {
                    Socket connection = listener.accept();
                    Thread.ofVirtual().start(() -> serveConnection(connection, actions));
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

    private void serveConnection(Socket connection, List<Action> actions) {
        try (connection) {
            for (int i = 0;; i++) {
                RawRequest request = RawRequest.read(connection.getInputStream());
                requests.incrementAndGet();
                if (!perform(connection, i < actions.size() ? actions.get(i) : Action.ANSWER, request)) {
                    return;
                }
            }
        } catch (IOException | InterruptedException disconnected) {
            return;
        }
    }

    /** Returns whether the connection stays open. */
    private static boolean perform(Socket connection, Action action, RawRequest request)
            throws IOException, InterruptedException {
        String answer = "{\"result\":{\"raw_quality\":99},\"id\":" + request.id() + "}";
        String whole = "HTTP/1.1 200 OK\r\ncontent-length: " + answer.length() + "\r\n\r\n" + answer;
        switch (action) {
            case ANSWER, ANSWER_AND_CLOSE -> connection.getOutputStream().write(whole.getBytes(ISO_8859_1));
            case CLOSE -> {}
            case RESET -> connection.setSoLinger(true, 0);
            case CLOSE_WITHIN_HEADERS ->
                connection.getOutputStream().write(whole.substring(0, 10).getBytes(ISO_8859_1));
            case CLOSE_WITHIN_BODY ->
                connection.getOutputStream().write(whole.substring(0, whole.length() - 1).getBytes(ISO_8859_1));
            case CLOSE_AFTER_DELAY -> new CountDownLatch(1).await(1_500, TimeUnit.MILLISECONDS);
        }
        return action == Action.ANSWER;
    }

    private SubmitOutcome submit() {
        return upstream.submit(Samples.submission());
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET", "CLOSE_WITHIN_HEADERS", "CLOSE_WITHIN_BODY"})
    void failureOfANewConnection_isNotRetried(Action fault) throws IOException {
        serve(List.of(fault));
        Troubles.unreachable(submit());
        assertThat(requests).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET", "CLOSE_WITHIN_HEADERS", "CLOSE_WITHIN_BODY"})
    void upstreamThatClosesEveryConnection_receivesOneRequestPerCall(Action fault) throws IOException {
        serve(List.of(Action.ANSWER_AND_CLOSE), List.of(fault), List.of(fault), List.of(fault), List.of(fault));
        assertThat(submit()).isEqualTo(ACCEPTED);
        submit(); // may have been sent on the closed connection
        requests.set(0);
        Troubles.unreachable(submit());
        Troubles.unreachable(submit());
        assertThat(requests).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET"})
    void reusedConnectionThatFailsWithoutAByte_isRetriedOnce(Action fault) throws IOException {
        serve(List.of(Action.ANSWER, fault));
        assertThat(submit()).isEqualTo(ACCEPTED);
        assertThat(submit()).isEqualTo(ACCEPTED);
        assertThat(requests).hasValue(3);
    }

    @Test
    void connectionClosedWhileIdle_causesNoFailure() throws IOException {
        serve(List.of(Action.ANSWER_AND_CLOSE), List.of(Action.ANSWER_AND_CLOSE), List.of(Action.ANSWER_AND_CLOSE));
        for (int i = 0; i < 4; i++) {
            assertThat(submit()).isEqualTo(ACCEPTED);
        }
        assertThat(requests).hasValue(4);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE_WITHIN_HEADERS", "CLOSE_WITHIN_BODY"})
    void reusedConnectionThatFailsWithinItsResponse_isNotRetried(Action fault) throws IOException {
        serve(List.of(Action.ANSWER, fault));
        assertThat(submit()).isEqualTo(ACCEPTED);
        Troubles.unreachable(submit());
        assertThat(requests).hasValue(2);
    }

    @Test
    void reusedConnectionThatClosesLater_isNotRetried() throws IOException {
        serve(List.of(Action.ANSWER, Action.CLOSE_AFTER_DELAY));
        assertThat(submit()).isEqualTo(ACCEPTED);
        Troubles.unreachable(submit());
        assertThat(requests).hasValue(2);
    }

    @Test
    void failureOfTheRetry_isNotRetried() throws IOException {
        serve(List.of(Action.ANSWER, Action.CLOSE), List.of(Action.CLOSE));
        assertThat(submit()).isEqualTo(ACCEPTED);
        Troubles.unreachable(submit());
        assertThat(requests).hasValue(3);
    }
}
