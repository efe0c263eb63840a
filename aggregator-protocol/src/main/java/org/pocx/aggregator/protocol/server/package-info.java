/**
 * The port that miners talk to: JSON-RPC over HTTP/1.1, and a few pages for operators. Start at {@link
 * org.pocx.aggregator.protocol.server.MinerServer}; from there a request goes through {@code Router}, {@code
 * RpcEndpoint} and {@code RpcHandler} to the {@link org.pocx.aggregator.core.MiningService}.
 *
 * <p>Only the API of {@code com.sun.net.httpserver} is used, which several engines provide. What the JDK's own engine
 * needs to be told, {@link org.pocx.aggregator.protocol.server.HttpEngineProperties} tells it.
 */
@NullMarked
package org.pocx.aggregator.protocol.server;

import org.jspecify.annotations.NullMarked;
