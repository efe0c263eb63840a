package org.pocx.aggregator.simulator.farm;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Lays out farms: machines with addresses, accounts and capacities that follow from a seed. */
public final class FarmPlan {
    /** How many machines a plan can have: as many as have an address of their own. */
    public static final int MAX_MACHINES = 250 * 250;

    private static final int ACCOUNT_BYTES = 20;
    private static final int SEED_BYTES = 32;

    private FarmPlan() {}

    /**
     * Honest machines with one plot each, their accounts dealt out in turn, and capacities between half and one and a half
     * times the mean.
     *
     * @param machines 1 to {@value #MAX_MACHINES}
     * @param accounts 1 or more; with more accounts than machines, some have none
     * @param meanTib capacity of a machine in TiB, above 0
     * @param seed the same one gives the same farm
     * @return the machines, each at a loopback address of its own
     */
    public static List<MachineSettings> of(int machines, int accounts, double meanTib, long seed) {
        if (machines < 1 || machines > MAX_MACHINES || accounts < 1) {
            throw new IllegalArgumentException("no farm of " + machines + " machines and " + accounts + " accounts");
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<String> ids = IntStream.range(0, accounts)
                .mapToObj(i -> hex(random, ACCOUNT_BYTES))
                .toList();
        return IntStream.range(0, machines)
                .mapToObj(i -> machine(i, ids.get(i % accounts), meanTib * (0.5 + random.nextDouble()), random))
                .toList();
    }

    private static MachineSettings machine(int index, String account, double tib, SplittableRandom random) {
        Plot plot = new Plot(account, hex(random, SEED_BYTES), 1, tib);
        return new MachineSettings(address(index), List.of(plot), Behaviour.HONEST);
    }

    /** The address of a machine by its number: 127.77.y.z, so that no machine has the address of a server. */
    static InetAddress address(int index) {
        byte[] bytes = {127, 77, (byte) (index / 250), (byte) (1 + index % 250)};
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    private static String hex(SplittableRandom random, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(SEED_BYTES);
        while (bytes.hasRemaining()) {
            bytes.putLong(random.nextLong());
        }
        return HexFormat.of().formatHex(bytes.array(), 0, length);
    }
}
