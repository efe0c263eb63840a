package org.pocx.aggregator.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
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
import org.pocx.aggregator.simulator.http.KeepAliveClient;

/** The upstream, asked with the codec of the program. */
class ConstantUpstreamTest {
    @Test
    void upstream_speaksTheProtocol() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                KeepAliveClient client = client(upstream)) {
            RpcResponse.Result told = ask(client, RpcRequests.getMiningInfo(RpcId.of("an id")));
            RpcResponse.Result judged = submit(client, 1, 2);

            assertThat(told.id()).isEqualTo(RpcId.of("an id"));
            assertThat(MiningCodec.decodeMiningInfo(told.result())).isEqualTo(new BenchRound(0).info());
            assertThat(judged.id()).isEqualTo(RpcId.of(7));
            assertThat(MiningCodec.decodeReceipt(judged.result(), 0)).isEqualTo(new SubmissionReceipt(-1, 1));
            assertThat(upstream.confirmed()).isEqualTo(1);
        }
    }

    @Test
    void newBlock_isTold() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                KeepAliveClient client = client(upstream)) {
            upstream.announceNext();

            RpcResponse.Result told = ask(client, RpcRequests.getMiningInfo(RpcId.of(1)));
            assertThat(MiningCodec.decodeMiningInfo(told.result())).isEqualTo(new BenchRound(1).info());
        }
    }

    @Test
    void accountThatHangs_waitsForItsRelease_andNobodyElse() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                KeepAliveClient stuck = client(upstream);
                KeepAliveClient quick = client(upstream)) {
            CountDownLatch arrived = upstream.hang(BenchRound.account(1));
            CompletableFuture<RpcResponse.Result> answer = CompletableFuture.supplyAsync(() -> submit(stuck, 1, 2));
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();

            submit(quick, 2, 3);
            assertThat(answer).isNotDone();

            upstream.release();
            assertThat(answer).succeedsWithin(Duration.ofSeconds(60));
        }
    }

    @Test
    void awaitedNonce_tellsWhenItCame() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0);
                KeepAliveClient client = client(upstream)) {
            CompletableFuture<Long> arrival = upstream.arrival(77);
            long before = System.nanoTime();
            submit(client, 1, 76);
            assertThat(arrival).isNotDone();

            submit(client, 1, 77);
            assertThat(arrival).isCompletedWithValueMatching(at -> at - before > 0);
        }
    }

    @Test
    void portInUse_isSaid() throws Exception {
        try (ConstantUpstream upstream = new ConstantUpstream(0)) {
            assertThatThrownBy(() -> new ConstantUpstream(upstream.port()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + upstream.port());
        }
    }

    private static KeepAliveClient client(ConstantUpstream upstream) {
        return new KeepAliveClient(
                InetAddress.getLoopbackAddress(),
                URI.create("http://127.0.0.1:" + upstream.port() + "/"),
                Duration.ofSeconds(60),
                "test");
    }

    private static RpcResponse.Result submit(KeepAliveClient client, int account, long nonce) {
        return ask(client, RpcRequests.submitNonce(RpcId.of(7), new BenchRound(0).nonce(account, nonce, -1)));
    }

    private static RpcResponse.Result ask(KeepAliveClient client, byte[] request) {
        try {
            return (RpcResponse.Result) RpcResponses.parse(client.post(Map.of(), request).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
