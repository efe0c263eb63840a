package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.cli.config.HostPort;

final class AnnouncedAddressTest {

    @ParameterizedTest
    @CsvSource({"0.0.0.0,0.0.0.0:50869", "::1,[::1]:50869", "localhost,localhost:50869"})
    void address_isShownAsConfigured(String host, String text) {
        InetSocketAddress bound = new InetSocketAddress("::", 50_869);

        assertThat(RunCommand.text(new HostPort(host, 0), bound)).isEqualTo(text);
    }
}
