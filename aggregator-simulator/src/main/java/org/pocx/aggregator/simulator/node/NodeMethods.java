package org.pocx.aggregator.simulator.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.chain.ValidationResult;

/**
 * The two JSON-RPC methods, with the errors of a dialect.
 *
 * <p>Thread-safe.
 */
final class NodeMethods {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> PARAMETERS = Set.of(
            "block_hash",
            "height",
            "generation_signature",
            "base_target",
            "account_id",
            "seed",
            "nonce",
            "compression",
            "raw_quality",
            "coinbase_outputs");

    private final SimulatedChain chain;
    private final Dialect dialect;

    NodeMethods(SimulatedChain chain, Dialect dialect) {
        this.chain = chain;
        this.dialect = dialect;
    }

    byte[] miningInfo(RpcId id) {
        return RpcResponses.result(id, MiningCodec.encode(chain.miningInfo()));
    }

    byte[] submit(RpcId id, NonceSubmission submission) {
        return switch (chain.submit(submission)) {
            case ValidationResult.Accepted accepted ->
                RpcResponses.result(
                        id, MiningCodec.encode(new SubmissionReceipt(accepted.rawQuality(), accepted.pocTime())));
            case ValidationResult.Rejected rejected -> RpcResponses.error(id, dialect.error(rejected, submission));
        };
    }

    byte[] submitMalformed(RpcId id, String message) {
        return RpcResponses.error(id, dialect.malformed(chain.submitMalformed(message)));
    }

    /** Decodes the params of {@code submit_nonce}. A node rejects unknown parameters, a pool does not. */
    NonceSubmission decode(Optional<RawJson> params) {
        NonceSubmission submission = MiningCodec.decodeSubmission(params.orElse(null));
        if (dialect == Dialect.NODE) {
            params.flatMap(NodeMethods::unknownParameter).ifPresent(name -> {
                throw new InvalidFieldException("Unknown named parameter", name);
            });
        }
        return submission;
    }

    /** The first unknown name among named parameters; positional parameters have no names. */
    private static Optional<String> unknownParameter(RawJson params) {
        try (JsonParser parser = JSON.createParser(params.text())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (!PARAMETERS.contains(parser.currentName())) {
                    return Optional.of(parser.currentName());
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the decoder has accepted malformed params", e);
        }
    }
}
