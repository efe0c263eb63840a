package org.pocx.aggregator.simulator.node;

import java.util.Optional;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;
import org.pocx.aggregator.simulator.chain.Judgement;
import org.pocx.aggregator.simulator.chain.SimulatedChain;

/**
 * What the two methods answer when nothing goes wrong on the way, as JSON-RPC in the server's dialect.
 *
 * <p>Thread-safe, as the chain is.
 */
final class Methods {
    private final SimulatedChain chain;
    private final Dialect dialect;

    Methods(SimulatedChain chain, Dialect dialect) {
        this.chain = chain;
        this.dialect = dialect;
    }

    byte[] miningInfo(RpcId id) {
        return RpcResponses.result(id, MiningCodec.encode(chain.miningInfo()));
    }

    byte[] submit(RpcId id, NonceSubmission submission) {
        return switch (chain.judge(submission)) {
            case Judgement.Accepted accepted ->
                RpcResponses.result(
                        id, MiningCodec.encode(new SubmissionReceipt(accepted.rawQuality(), accepted.pocTime())));
            case Judgement.Refused refused -> RpcResponses.error(id, dialect.error(refused, submission));
        };
    }

    byte[] refuseMalformed(RpcId id, String why) {
        return RpcResponses.error(id, dialect.malformed(chain.judgeMalformed(why)));
    }

    /** Reads the params of {@code submit_nonce}, a node's strictness included. */
    NonceSubmission read(Optional<RawJson> params) {
        NonceSubmission submission = MiningCodec.decodeSubmission(params);
        if (dialect == Dialect.NODE) {
            params.flatMap(NamedParams::unknown).ifPresent(name -> {
                throw new InvalidFieldException("Unknown named parameter", name);
            });
        }
        return submission;
    }

    static byte[] methodNotFound(RpcId id) {
        return RpcResponses.error(id, RpcError.methodNotFound());
    }
}
