/**
 * JSON-RPC 2.0 and the two methods of PoCX mining, as bytes in and bytes out; no transport.
 *
 * <p>Start at {@link org.pocx.aggregator.protocol.jsonrpc.RpcRequests} (what a server reads and a client writes) and
 * {@link org.pocx.aggregator.protocol.jsonrpc.RpcAnswers} (the other way round). They know nothing of mining: params and
 * results travel as {@link org.pocx.aggregator.protocol.jsonrpc.RawJson}, which {@link
 * org.pocx.aggregator.protocol.jsonrpc.MiningCodec} turns into the core's records and back.
 *
 * <ul>
 *   <li>A server: {@code RpcRequests.parse(body)}, switch over {@link org.pocx.aggregator.protocol.jsonrpc.RpcBody} and
 *       {@link org.pocx.aggregator.protocol.jsonrpc.RpcCall}, {@code MiningCodec.decodeSubmission(params)}, {@code
 *       RpcAnswers.result(id, MiningCodec.encode(receipt))} or {@code RpcAnswers.error(id, error)}.
 *   <li>A client: {@code RpcRequests.submitNonce(id, submission)}, then {@code RpcAnswers.parse(body)} and {@code
 *       MiningCodec.decodeReceipt(result, claim)}.
 * </ul>
 *
 * <p>Everything is stateless and thread-safe. Integers named u64 are unsigned and travel exactly, never as doubles.
 */
@NullMarked
package org.pocx.aggregator.protocol.jsonrpc;

import org.jspecify.annotations.NullMarked;
