package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.IntFunction;

/** Gives each simulated miner an address of its own in 127.0.0.0/8, as an aggregator tells machines apart by it. */
final class MinerAddresses {
    private static final int PER_BLOCK = 250;

    private MinerAddresses() {}

    /** By the miner's number, from 0; empty towards other machines, and where the system has but one such address. */
    static IntFunction<Optional<InetSocketAddress>> towards(Target target) {
        boolean many = target.address().getAddress().isLoopbackAddress()
                && target.address().getAddress().getAddress().length == 4
                && canBind(of(0));
        return number -> many ? Optional.of(of(number)) : Optional.empty();
    }

    private static InetSocketAddress of(int number) {
        try {
            byte[] address = {127, 1, (byte) (number / PER_BLOCK), (byte) (1 + number % PER_BLOCK)};
            return new InetSocketAddress(InetAddress.getByAddress(address), 0);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean canBind(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
