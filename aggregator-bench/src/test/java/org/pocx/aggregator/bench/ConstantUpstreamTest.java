package org.pocx.aggregator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponse;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;

/** The upstream, asked with the codec of the program. */
class ConstantUpstreamTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void upstream_speaksTheProtocol() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0)) {
            RpcResponse.Result info = ask(upstream, RpcRequests.getMiningInfo(RpcId.of("an id")));
            RpcResponse.Result receipt = submit(upstream, 1);

            assertThat(info.id()).isEqualTo(RpcId.of("an id"));
            assertThat(MiningCodec.decodeMiningInfo(info.result())).isEqualTo(new BenchRound(0).info());
            assertThat(receipt.id()).isEqualTo(RpcId.of(7));
            assertThat(MiningCodec.decodeReceipt(receipt.result(), 0)).isEqualTo(new SubmissionReceipt(-1, 1));
            assertThat(upstream.confirmed()).isEqualTo(1);
        }
    }

    @Test
    void newRound_isAnnounced() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0)) {
            upstream.announceNextRound();

            RpcResponse.Result info = ask(upstream, RpcRequests.getMiningInfo(RpcId.of(1)));
            assertThat(MiningCodec.decodeMiningInfo(info.result())).isEqualTo(new BenchRound(1).info());
        }
    }

    @Test
    void observer_canDelayOneAnswer_andNoOther() throws Exception {
        byte[] account = AsciiBytes.of(BenchRound.account(1));
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (ConstantUpstream upstream = new ConstantUpstream(0)) {
            upstream.observe(submission -> {
                if (submission.contains(account)) {
                    arrived.countDown();
                    released.await();
                }
            });
            CompletableFuture<RpcResponse.Result> answer = CompletableFuture.supplyAsync(() -> submit(upstream, 1));
            assertThat(arrived.await(1, TimeUnit.MINUTES)).isTrue();

            submit(upstream, 2);
            assertThat(answer).isNotDone();

            released.countDown();
            assertThat(answer).succeedsWithin(Duration.ofMinutes(1));
        }
    }

    @Test
    void portInUse_isReported() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0)) {
            assertThatThrownBy(() -> new ConstantUpstream(upstream.port()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + upstream.port());
        }
    }

    private static RpcResponse.Result submit(ConstantUpstream upstream, int account) {
        return ask(upstream, RpcRequests.submitNonce(RpcId.of(7), new BenchRound(0).nonce(account, 2, -1)));
    }

    private static RpcResponse.Result ask(ConstantUpstream upstream, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(Target.local(upstream.port()).uri())
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return CLIENT.sendAsync(request, BodyHandlers.ofByteArray())
                .thenApply(answer -> (RpcResponse.Result) RpcResponses.parse(answer.body()))
                .orTimeout(1, TimeUnit.MINUTES)
                .join();
    }
}
