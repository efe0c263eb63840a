/**
 * The port that miners talk to: JSON-RPC over HTTP/1.1, and a few pages for operators. Start at {@link
 * org.pocx.aggregator.protocol.server.MinerServer}; from there a request goes through {@code Gate}, {@code NetworkGuard},
 * {@code Router}, {@code RpcEndpoint}, {@code RpcHandler} and {@code MiningMethods} to the {@link
 * org.pocx.aggregator.core.MiningService}, and comes back as a {@code Reply}.
 *
 * <p>Beside that way stand:
 *
 * <ul>
 *   <li>who may do what: {@link org.pocx.aggregator.protocol.server.AccessRules}, as they are just now in {@code
 *       LiveRules}; {@code MinerAdmission} asks them before a connection is read, {@code NetworkGuard} and {@code Doorman}
 *       (with {@code BasicAuth} and {@code Guesses}) before a request is, {@code RateLimit} before a nonce is;
 *   <li>who it is: {@code ClientAddress}, behind a proxy too;
 *   <li>what a request may cost: {@code BodyReader} with {@code BodyMemory};
 *   <li>the plain pages: {@code Pages}, {@code GuardedPage};
 *   <li>the engines: {@code HttpServers}, {@code RequestThreads}, {@code InFlight}, {@code Lingering}.
 * </ul>
 *
 * <p>Only the API of {@code com.sun.net.httpserver} is used, which several engines provide. What the JDK's own engine
 * needs to be told, {@link org.pocx.aggregator.protocol.server.HttpEngineProperties} tells it.
 */
@NullMarked
package org.pocx.aggregator.protocol.server;

import org.jspecify.annotations.NullMarked;
