package org.pocx.aggregator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RpcBody;
import org.pocx.aggregator.protocol.jsonrpc.RpcCall;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

class NoncePlanTest {
    private static final Target TARGET = Target.local(1);
    private static final BenchRound ROUND = new BenchRound(0);

    private final NoncePlan plan = new NoncePlan();

    @Test
    void improvements_areBetterEachTime_andInEveryBatch() {
        long best = Long.MAX_VALUE;
        Set<Long> nonces = new HashSet<>();
        for (int batch = 0; batch < 3; batch++) {
            LoadGenerator.RequestSource source = plan.improving(TARGET, ROUND, 64, 64).get(63);
            for (int i = 0; i < 100; i++) {
                NonceSubmission sent = decode(source);
                assertThat(sent.rawQuality()).isLessThan(best);
                assertThat(nonces.add(sent.nonce())).isTrue();
                best = sent.rawQuality();
            }
        }
    }

    @Test
    void bests_areOneOfEachAccount_andThenNoMore() {
        List<LoadGenerator.RequestSource> sources = plan.bests(TARGET, ROUND, 64, 1_000);
        Set<String> accounts = new HashSet<>();
        for (LoadGenerator.RequestSource source : sources) {
            for (byte[] request = source.next(); request != null; request = source.next()) {
                assertThat(accounts.add(decode(request).accountId())).isTrue();
            }
        }

        assertThat(accounts).hasSize(1_000);
    }

    @Test
    void bestOfOneAccount_isSentOnOneConnection() {
        assertThat(plan.bests(TARGET, ROUND, 64, 1)).hasSize(1);
    }

    @Test
    void worse_areWorseThanAllImprovements_andNoneTwice() {
        long best = decode(plan.bests(TARGET, ROUND, 4, 4).get(2)).rawQuality();
        Set<Long> nonces = new HashSet<>();
        for (LoadGenerator.RequestSource source : plan.worse(TARGET, ROUND, 4, 1)) {
            for (int i = 0; i < 10; i++) {
                NonceSubmission sent = decode(source);
                assertThat(sent.rawQuality()).isGreaterThan(best);
                assertThat(nonces.add(sent.nonce())).isTrue();
            }
        }
    }

    @Test
    void connectionWithSeveralAccounts_takesThemInTurn() {
        LoadGenerator.RequestSource source = plan.improving(TARGET, ROUND, 2, 4).getFirst();

        assertThat(decode(source).accountId()).isNotEqualTo(decode(source).accountId());
    }

    @Test
    void request_isWholeAndOfTheRound() {
        NonceSubmission sent = decode(plan.bests(TARGET, new BenchRound(3), 1, 1).getFirst());

        assertThat(sent.blockHash()).isEqualTo(new BenchRound(3).info().blockHash());
        assertThat(sent.height()).isEqualTo(1_003);
    }

    private static NonceSubmission decode(LoadGenerator.RequestSource source) {
        return decode(Objects.requireNonNull(source.next()));
    }

    static NonceSubmission decode(byte[] request) {
        String text = new String(request, StandardCharsets.US_ASCII);
        String body = text.substring(text.indexOf("\r\n\r\n") + 4);
        assertThat(text).contains("content-length: " + body.length() + "\r\n");
        RpcBody.Single single = (RpcBody.Single) RpcRequests.parse(body.getBytes(StandardCharsets.US_ASCII));
        return MiningCodec.decodeSubmission(((RpcCall.Request) single.call()).params().orElseThrow());
    }
}
