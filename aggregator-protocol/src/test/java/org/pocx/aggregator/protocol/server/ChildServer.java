package org.pocx.aggregator.protocol.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.pocx.aggregator.core.Readiness;

/** A server in a JVM of its own, as the program starts it: the engine reads its limits once per JVM. */
final class ChildServer {
    /** More than the buffers of a loopback connection hold, so that a peer that does not read blocks the answer. */
    private static final int BIG = 64 * 1024 * 1024;

    private ChildServer() {}

    /** Prints its port, and serves until its input ends. */
    public static void main(String[] args) throws Exception {
        HttpEngineProperties.apply();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        byte[] big = new byte[BIG];
        try (MinerServer server = MinerServer.start(
                new MinerServerSettings(any, "child", "1"),
                new FakeMiningService(),
                () -> new Readiness(Optional.empty(), Optional.empty()),
                Optional.of(() -> big))) {
            System.out.println(server.address().getPort());
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }
}
