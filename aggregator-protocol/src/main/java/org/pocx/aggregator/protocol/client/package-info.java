/**
 * The client for a pool or node. Start at {@link org.pocx.aggregator.protocol.client.RpcUpstream}. {@code
 * UpstreamResponseInterpreter} and {@code RpcErrorClassifier} map the upstream's responses to outcomes.
 */
@NullMarked
package org.pocx.aggregator.protocol.client;

import org.jspecify.annotations.NullMarked;
