/**
 * An engine behind {@code com.sun.net.httpserver}: HTTP/1.1 on one virtual thread a connection. Start at {@link
 * org.pocx.aggregator.protocol.engine.HttpEngine}, then {@code Listener}, {@code Connection}, {@code Exchange}.
 *
 * <p>It is here because a port that is open to a farm's network must bear whatever comes: it asks a {@link
 * org.pocx.aggregator.protocol.engine.Door} for each connection before reading a byte, has one deadline for all that a
 * peer may be slow in, and goes on after a failed accept. Why the JDK's own engine does not do is in ARCHITECTURE.md.
 */
@NullMarked
package org.pocx.aggregator.protocol.engine;

import org.jspecify.annotations.NullMarked;
