/**
 * The pool or wallet over JSON-RPC. Start at {@link org.pocx.aggregator.protocol.client.RpcUpstream}; what each answer
 * means is in {@code ErrorTaxonomy}.
 */
@NullMarked
package org.pocx.aggregator.protocol.client;

import org.jspecify.annotations.NullMarked;
