package org.pocx.aggregator.http.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves host names. Called by several threads; may block. */
@FunctionalInterface
public interface HostResolver {

    /**
     * {@return the addresses of a host, at least one, in the order in which they are tried}
     *
     * @param host a name or an address
     * @throws UnknownHostException when the name is unknown
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** {@return the resolver of the JVM} */
    static HostResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
