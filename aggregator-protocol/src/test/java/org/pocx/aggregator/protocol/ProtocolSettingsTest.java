package org.pocx.aggregator.protocol;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pocx.aggregator.core.testkit.NullArguments;
import org.pocx.aggregator.protocol.client.Credentials;
import org.pocx.aggregator.protocol.client.RpcUpstreamSettings;
import org.pocx.aggregator.protocol.server.AccessRules;
import org.pocx.aggregator.protocol.server.BasicCredentials;
import org.pocx.aggregator.protocol.server.MinerServerSettings;
import org.pocx.aggregator.protocol.tls.TlsFiles;

/** All records that configure the library. */
class ProtocolSettingsTest {
    static Stream<Record> settings() {
        return Stream.of(
                AccessRules.OPEN,
                new BasicCredentials("rig", "secret"),
                new MinerServerSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "test", "1"),
                new RpcUpstreamSettings(
                        URI.create("http://127.0.0.1/"), new Credentials.None(), Duration.ofSeconds(1)),
                new Credentials.Bearer("token"),
                new Credentials.Basic("user", "secret"),
                new Credentials.CookieFile(Path.of("cookie")),
                new TlsFiles.Pem(Path.of("certificate"), Path.of("key")),
                new TlsFiles.Pkcs12(Path.of("store"), "secret"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void nullArgument_isRejectedByName(Record good) throws Exception {
        NullArguments.areRefusedBy(good);
    }
}
