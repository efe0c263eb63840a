package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class PeerAddressTest {

    @Test
    void ipv4MappedAddress_isIpv4() throws Exception {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 7};
        assertThat(PeerAddress.text(InetAddress.getByAddress(mapped))).isEqualTo("10.0.0.7");
    }

    @Test
    void linkLocalAddress_hasNoZone() throws Exception {
        byte[] linkLocal = {-2, -128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7};
        assertThat(PeerAddress.text(Inet6Address.getByAddress(null, linkLocal, 3)))
                .isEqualTo("fe80::7");
    }
}
