/**
 * Outgoing connections for {@code java.net.http}: through HTTP and SOCKS5 proxies, to hosts with several addresses, and to
 * host names with underscores. Start at {@link org.pocx.aggregator.http.outbound.OutboundRoute}.
 *
 * <p>{@code java.net.http} has no SOCKS, tries one address of a name only, refuses underscores, and turns Basic
 * authentication for tunnels off. So where one of these matters, its client uses a proxy in this process, {@code
 * RelayServer}, and a {@code Dialer} opens the actual connection. TLS stays between the client and the target.
 */
@NullMarked
package org.pocx.aggregator.http.outbound;

import org.jspecify.annotations.NullMarked;
