package org.pocx.aggregator.protocol.server;

import java.util.concurrent.CompletableFuture;
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
import org.pocx.aggregator.core.upstream.VerdictAnswer;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;

/**
 * Implements the two JSON-RPC methods of miners with the {@link MiningService}. If the service throws, which it also
 * does before it is started and after it is closed, the connection is closed without an answer. Thread-safe.
 */
final class MiningMethods {
    private final MiningService service;
    private final RateLimitedLog faults;
    private final SubmissionRateLimiter rate;
    private final RenderedMiningInfo rendered = new RenderedMiningInfo();

    MiningMethods(MiningService service, RateLimitedLog faults, SubmissionRateLimiter rate) {
        this.service = service;
        this.faults = faults;
        this.rate = rate;
    }

    /** Ignores any params: the method has none. */
    Reply getMiningInfo(RpcId id, MinerId miner) {
        try {
            return switch (service.miningInfo(miner)) {
                case MiningInfo info -> new Reply.Answer(rendered.of(info).answer(id));
                case MiningInfoUnavailable none -> error(id, RpcErrorMapping.of(none));
            };
        } catch (RuntimeException bug) {
            faults.fault("get_mining_info failed because of a fault in this program; the miner will ask again", bug);
            return new Reply.Drop("a fault of this program");
        }
    }

    /** @param isAwaited whether the sender wants to wait for the verdict */
    Reply submitNonce(RpcId id, @Nullable RawJson params, MinerId miner, boolean isAwaited) {
        if (!rate.admit(miner)) {
            return new Reply.Drop("more submissions per second than allowed");
        }
        NonceSubmission submission;
        try {
            submission = MiningCodec.decodeSubmission(params);
        } catch (InvalidFieldException fault) {
            return error(id, RpcError.invalidParams(fault));
        }
        return isAwaited ? submitForVerdict(id, submission, miner) : submit(id, submission, miner);
    }

    private Reply submit(RpcId id, NonceSubmission submission, MinerId miner) {
        try {
            return switch (service.submit(submission, miner)) {
                case SubmissionReceipt receipt ->
                    new Reply.Answer(RpcResponses.result(id, MiningCodec.encode(receipt)));
                case SubmissionRefusal refusal -> error(id, RpcErrorMapping.of(refusal));
                case NoAnswer none -> new Reply.Drop(none.reason());
            };
        } catch (RuntimeException bug) {
            return dropped(bug);
        }
    }

    private Reply submitForVerdict(RpcId id, NonceSubmission submission, MinerId miner) {
        CompletableFuture<VerdictAnswer> verdict = new CompletableFuture<>();
        try {
            return switch (service.submit(submission, miner, verdict)) {
                case SubmissionReceipt receipt -> new Reply.Awaited(id, verdict);
                case SubmissionRefusal refusal ->
                    new Reply.Answer(RpcResponses.error(id, RpcErrorMapping.of(refusal)), true);
                case NoAnswer none -> {
                    verdict.cancel(false); // nobody waits
                    yield new Reply.Drop(none.reason());
                }
            };
        } catch (RuntimeException bug) {
            return dropped(bug);
        }
    }

    /** After an error the miner would discard the nonce. Without an answer it sends the nonce again. */
    private Reply dropped(RuntimeException bug) {
        faults.fault("submit_nonce failed because of a fault in this program; the miner will send it again", bug);
        return new Reply.Drop("a fault of this program");
    }

    private static Reply error(RpcId id, RpcError error) {
        return new Reply.Answer(RpcResponses.error(id, error));
    }
}
