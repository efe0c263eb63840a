package org.pocx.aggregator.core.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "::, ::",
        "::1, ::1",
        "2001:DB8::7, 2001:db8::7",
        "2001:0db8:0000:0000:0000:0000:0000:0007, 2001:db8::7",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "0:0:3:4:5:6:7:8, ::3:4:5:6:7:8",
        "1::8, 1::8",
        "::ffff:10.0.0.7, 10.0.0.7",
        "::FFFF:10.0.0.7, 10.0.0.7",
        "0:0:0:0:0:ffff:a00:7, 10.0.0.7",
        "::ffff:0a00:0007, 10.0.0.7",
        "::10.0.0.7, ::a00:7",
        "64:ff9b::10.0.0.7, 64:ff9b::a00:7",
        "fe80:0:0:0:0:0:0:7%eth0, fe80::7",
        "fe80::7%2, fe80::7",
        "[2001:DB8::7], 2001:db8::7",
    })
    void spellingOfAnAddress_isTheOneOfRfc5952(String text, String canonical) {
        assertThat(IpAddress.canonical(text)).isEqualTo(canonical);
        assertThat(IpAddress.canonical(canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "10.0.0.7", "010.0.0.7", "rig", "rig:7", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8", "12345::", "g::", "::1.2.3", "::1.2.3.256", "::1.2.3.4.5", "1.2.3.4::", "::1.2.3.4:5",
        "-1::", "+1::", "::٣", "[::1", "::1]", "1:2:3:4:5:6:7:1.2.3.4",
    })
    void otherText_isNotChanged(String text) {
        assertThat(IpAddress.canonical(text)).isEqualTo(text);
    }

    @Test
    void everySpellingOfJava_isTheSameAddress() throws UnknownHostException {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[16];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = random.nextBoolean() ? 0 : (byte) random.nextInt();
            }
            InetAddress address = InetAddress.getByAddress(bytes);

            String canonical = IpAddress.canonical(address.getHostAddress());

            assertThat(InetAddress.getByName(canonical)).isEqualTo(address);
            assertThat(canonical).hasSizeLessThanOrEqualTo(address.getHostAddress().length()).doesNotContain(":::");
        }
    }
}
