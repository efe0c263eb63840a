/**
 * JSON-RPC 2.0 and the two methods of PoCX mining: parses and writes message bodies, without a transport.
 *
 * <p>Start at {@link org.pocx.aggregator.protocol.jsonrpc.RpcRequests} (a client writes them, a server reads them) and
 * {@link org.pocx.aggregator.protocol.jsonrpc.RpcResponses} (the other direction). They do not depend on mining: params and
 * results are {@link org.pocx.aggregator.protocol.jsonrpc.RawJson}, which {@link
 * org.pocx.aggregator.protocol.jsonrpc.MiningCodec} converts to the core's records and back.
 *
 * <ul>
 *   <li>A server: {@code RpcRequests.parse(body)}, a switch over {@link org.pocx.aggregator.protocol.jsonrpc.RpcBody} and
 *       {@link org.pocx.aggregator.protocol.jsonrpc.RpcCall}, {@code MiningCodec.decodeSubmission(params)}, {@code
 *       RpcResponses.result(id, MiningCodec.encode(receipt))} or {@code RpcResponses.error(id, error)}.
 *   <li>A client: {@code RpcRequests.submitNonce(id, submission)}, then {@code RpcResponses.parse(body)} and {@code
 *       MiningCodec.decodeReceipt(result, claim)}.
 * </ul>
 *
 * <p>All static methods are stateless and thread-safe. Integers named u64 are unsigned and are never converted to doubles.
 */
@NullMarked
package org.pocx.aggregator.protocol.jsonrpc;

import org.jspecify.annotations.NullMarked;
