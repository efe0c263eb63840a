/**
 * Routes and whole responses for handlers of any {@code com.sun.net.httpserver} engine. Start reading at {@link
 * org.pocx.aggregator.http.routing.Router}.
 */
@NullMarked
package org.pocx.aggregator.http.routing;

import org.jspecify.annotations.NullMarked;
