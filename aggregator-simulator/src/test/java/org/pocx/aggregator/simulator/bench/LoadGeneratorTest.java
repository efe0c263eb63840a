package org.pocx.aggregator.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RpcAnswer;
import org.pocx.aggregator.protocol.jsonrpc.RpcAnswers;
import org.pocx.aggregator.protocol.jsonrpc.RpcBody;
import org.pocx.aggregator.protocol.jsonrpc.RpcCall;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.simulator.http.HttpMessage;
import org.pocx.aggregator.simulator.http.KeepAliveClient;

/** The two ends of the benchmark, tried on each other and with the codec of the program. */
class LoadGeneratorTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void loads_areAnswered_withoutFailure() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream()) {
            Measurement polls = LoadGenerator.run(upstream.port(), Load.POLLS, 0, 4, 4, Duration.ofMillis(50), SHORT);
            assertThat(polls.failed()).isZero();
            assertThat(polls.answered()).isPositive();
            assertThat(upstream.confirmed()).isZero();

            Measurement nonces = LoadGenerator.run(upstream.port(), Load.IMPROVING, 0, 4, 4, Duration.ZERO, SHORT);
            assertThat(nonces.failed()).isZero();
            assertThat(upstream.confirmed()).isGreaterThanOrEqualTo(nonces.answered());
            assertThat(Measurement.ofLine(nonces.toLine())).isEqualTo(nonces);
        }
    }

    @Test
    void nobodyThere_isFailure() throws Exception {
        int port;
        try (ConstantUpstream upstream = new ConstantUpstream()) {
            port = upstream.port();
        }
        Measurement measured = LoadGenerator.run(port, Load.POLLS, 0, 1, 1, Duration.ZERO, SHORT);

        assertThat(measured.answered()).isZero();
        assertThat(measured.failed()).isPositive();
    }

    @Test
    void upstream_speaksTheProtocol() throws Exception {
        NonceSubmission nonce = BenchRound.nonce(1, 2, -1);
        try (ConstantUpstream upstream = new ConstantUpstream();
                KeepAliveClient client = new KeepAliveClient(
                        InetAddress.getLoopbackAddress(),
                        URI.create("http://127.0.0.1:" + upstream.port() + "/"),
                        Duration.ofSeconds(5),
                        "test")) {
            HttpMessage info = client.post(Map.of(), RpcRequests.getMiningInfo(RpcId.of("an id")));
            HttpMessage verdict = client.post(Map.of(), RpcRequests.submitNonce(RpcId.of(7), nonce));

            RpcAnswer.Result told = (RpcAnswer.Result) RpcAnswers.parse(info.body());
            assertThat(told.id()).isEqualTo(RpcId.of("an id"));
            assertThat(MiningCodec.decodeMiningInfo(told.result())).isEqualTo(BenchRound.INFO);
            RpcAnswer.Result judged = (RpcAnswer.Result) RpcAnswers.parse(verdict.body());
            assertThat(judged.id()).isEqualTo(RpcId.of(7));
            assertThat(MiningCodec.decodeReceipt(judged.result(), 0)).isEqualTo(new SubmissionReceipt(-1, 1));
        }
    }

    @Test
    void improvements_areBetterEachTime_andInEveryRun() {
        long best = Long.MAX_VALUE;
        Set<Long> nonces = new HashSet<>();
        for (int run = 0; run < 3; run++) {
            RequestSource source = Load.IMPROVING.of(new Load.Part(run, 63, 64, 64));
            for (int i = 0; i < 100; i++) {
                NonceSubmission sent = decode(source.next());
                assertThat(sent.rawQuality()).isLessThan(best);
                assertThat(nonces.add(sent.nonce())).isTrue();
                best = sent.rawQuality();
            }
        }
    }

    @Test
    void filteredNonces_areWorseThanEveryImprovement() {
        long worstImproving = decode(
                Load.IMPROVING.of(new Load.Part(0, 5, 64, 64)).next())
                .rawQuality();
        RequestSource filtered = Load.FILTERED.of(new Load.Part(0, 5, 64, 64));

        assertThat(decode(filtered.next()).rawQuality()).isGreaterThan(worstImproving);
        assertThat(decode(filtered.next()).rawQuality()).isGreaterThan(worstImproving);
    }

    @Test
    void accounts_areSharedOutWhole() {
        Set<Integer> seen = new HashSet<>();
        for (int connection = 0; connection < 64; connection++) {
            for (int account : new Load.Part(0, connection, 64, 1_000).ownAccounts()) {
                assertThat(seen.add(account)).isTrue();
            }
        }
        assertThat(seen).hasSize(1_000);
        assertThat(new Load.Part(0, 63, 64, 1).ownAccounts()).containsExactly(0);
    }

    @Test
    void connectionWithSeveralAccounts_takesThemInTurn() {
        RequestSource source = Load.IMPROVING.of(new Load.Part(0, 0, 2, 4));

        Set<String> accounts = List.of(decode(source.next()), decode(source.next())).stream()
                .map(NonceSubmission::accountId)
                .collect(Collectors.toSet());

        assertThat(accounts).hasSize(2);
    }

    private static NonceSubmission decode(byte[] request) {
        String text = new String(request, StandardCharsets.US_ASCII);
        byte[] body = text.substring(text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.US_ASCII);
        RpcBody.Single single = (RpcBody.Single) RpcRequests.parse(body);
        return MiningCodec.decodeSubmission(((RpcCall.Request) single.call()).params());
    }
}
