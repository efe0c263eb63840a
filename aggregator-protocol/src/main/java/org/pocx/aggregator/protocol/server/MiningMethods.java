package org.pocx.aggregator.protocol.server;

import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.MiningService;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.MiningInfoUnavailable;
import org.pocx.aggregator.core.mining.NoAnswer;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.mining.SubmissionRefusal;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;

/**
 * The two methods that miners call, between the wire and the {@link MiningService}. When that throws, which it also does
 * before its start and after its end, the connection is closed without an answer. Thread-safe.
 */
final class MiningMethods {
    private final MiningService service;
    private final SeldomLog faults;
    private final RateLimit rate;
    private final RenderedMiningInfo rendered = new RenderedMiningInfo();

    MiningMethods(MiningService service, SeldomLog faults, RateLimit rate) {
        this.service = service;
        this.faults = faults;
        this.rate = rate;
    }

    /** Whatever params came are passed over: the method has none. */
    Reply getMiningInfo(RpcId id, MinerId miner) {
        try {
            return switch (service.miningInfo(miner)) {
                case MiningInfo info -> new Reply.Answer(rendered.of(info).answer(id));
                case MiningInfoUnavailable none -> error(id, WireErrors.of(none));
            };
        } catch (RuntimeException bug) {
            faults.fault("get_mining_info failed by a fault of this program; the miner will ask again", bug);
            return new Reply.Drop("a fault of this program");
        }
    }

    Reply submitNonce(RpcId id, @Nullable RawJson params, MinerId miner) {
        if (!rate.admit(miner)) {
            return new Reply.Drop("more submissions a second than it may");
        }
        NonceSubmission submission;
        try {
            submission = MiningCodec.decodeSubmission(params);
        } catch (InvalidFieldException fault) {
            return error(id, RpcError.invalidParams(fault));
        }
        return submit(id, submission, miner);
    }

    private Reply submit(RpcId id, NonceSubmission submission, MinerId miner) {
        try {
            return switch (service.submit(submission, miner)) {
                case SubmissionReceipt receipt ->
                    new Reply.Answer(RpcResponses.result(id, MiningCodec.encode(receipt)));
                case SubmissionRefusal refusal -> error(id, WireErrors.of(refusal));
                case NoAnswer none -> new Reply.Drop(none.reason());
            };
        } catch (RuntimeException bug) {
            // An answered error would lose the nonce; the miner sends again what got no answer.
            faults.fault("submit_nonce failed by a fault of this program; the miner will send it again", bug);
            return new Reply.Drop("a fault of this program");
        }
    }

    private static Reply error(RpcId id, RpcError error) {
        return new Reply.Answer(RpcResponses.error(id, error));
    }
}
