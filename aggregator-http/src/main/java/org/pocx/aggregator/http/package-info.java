/**
 * An HTTP/1.1 engine behind {@code com.sun.net.httpserver}, with one virtual thread per connection. Start reading at
 * {@link org.pocx.aggregator.http.HttpEngine}, then {@code Listener}, {@code Connection}, {@code Exchange}.
 *
 * <p>It is made for ports that hostile or broken clients can reach: an {@link
 * org.pocx.aggregator.http.AdmissionControl} decides about each connection before a byte is read, one deadline covers
 * all waiting for a peer, and a failed accept does not stop the listener. ARCHITECTURE.md says why the JDK's own engine
 * is not sufficient.
 */
@NullMarked
package org.pocx.aggregator.http;

import org.jspecify.annotations.NullMarked;
