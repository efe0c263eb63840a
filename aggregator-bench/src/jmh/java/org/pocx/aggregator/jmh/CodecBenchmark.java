package org.pocx.aggregator.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RpcBody;
import org.pocx.aggregator.protocol.jsonrpc.RpcCall;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponse;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;

/** From bytes to messages and back. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class CodecBenchmark {
    private final RpcId id = RpcId.of("3f9d1c3e-6d1f-4a8e-9a27-6f0f7f4f1b11");
    private final NonceSubmission nonce = Samples.nonce(1, 2_345_678_901_234_567_890L, 987_654_321);
    private final byte[] poll = RpcRequests.getMiningInfo(id);
    private final byte[] submission = RpcRequests.submitNonce(id, nonce);
    private final byte[] infoAnswer = RpcResponses.result(id, MiningCodec.encode(Samples.INFO));

    @Benchmark
    public RpcBody parsePoll() {
        return RpcRequests.parse(poll);
    }

    @Benchmark
    public NonceSubmission decodeSubmission() {
        RpcBody.Single single = (RpcBody.Single) RpcRequests.parse(submission);
        return MiningCodec.decodeSubmission(((RpcCall.Request) single.call()).params().orElseThrow());
    }

    @Benchmark
    public byte[] encodeReceipt() {
        return RpcResponses.result(id, MiningCodec.encode(new SubmissionReceipt(987_654_321, 77)));
    }

    @Benchmark
    public byte[] encodeSubmission() {
        return RpcRequests.submitNonce(id, nonce);
    }

    @Benchmark
    public MiningInfo decodeMiningInfo() {
        RpcResponse.Result answer = (RpcResponse.Result) RpcResponses.parse(infoAnswer);
        return MiningCodec.decodeMiningInfo(answer.result());
    }
}
