/**
 * The server for miners: JSON-RPC over HTTP/1.1, and a few endpoints for operators. Start at {@link
 * org.pocx.aggregator.protocol.server.MinerServer}; from there a request goes through {@code RootHandler}, {@code
 * NetworkGuard}, {@code Router}, {@code RpcEndpoint}, {@code RpcHandler} and {@code MiningMethods} to the {@link
 * org.pocx.aggregator.core.MiningService}, and comes back as a {@code Reply}.
 *
 * <p>Other classes:
 *
 * <ul>
 *   <li>access rules: {@link org.pocx.aggregator.protocol.server.AccessRules}, held in {@code CurrentAccessRules}.
 *       {@code MinerAdmission} applies them to connections, {@code NetworkGuard} and {@code RequestAuthenticator} (with
 *       {@code BasicAuthChecker} and {@code FailedLoginThrottle}) to requests, {@code SubmissionRateLimiter} to nonces;
 *   <li>the client's address: {@code ClientAddress};
 *   <li>memory limits: {@code BodyReader} with {@code BodyMemory};
 *   <li>the plain endpoints: {@code StatusEndpoints}, {@code AuthenticatedPage};
 *   <li>the engines: {@code HttpServers}, {@code RequestThreads}, {@code InFlight}, {@code RequestBodyDrain}.
 * </ul>
 *
 * <p>Only the API of {@code com.sun.net.httpserver} is used, which several engines implement. {@link
 * org.pocx.aggregator.protocol.server.HttpEngineProperties} configures the JDK's own engine.
 */
@NullMarked
package org.pocx.aggregator.protocol.server;

import org.jspecify.annotations.NullMarked;
