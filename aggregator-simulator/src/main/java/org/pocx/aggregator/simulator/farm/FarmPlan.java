package org.pocx.aggregator.simulator.farm;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Creates the machines of a farm, with addresses, accounts and capacities that depend on a seed. */
public final class FarmPlan {
    /** The highest number of machines: each has its own address. */
    public static final int MAX_MACHINES = 250 * 250;

    private static final int ACCOUNT_BYTES = 20;
    private static final int SEED_BYTES = 32;

    private FarmPlan() {}

    /**
     * Returns honest machines with one plot each. The machines share the accounts evenly. Their capacities are between half
     * and one and a half times the mean.
     *
     * @param machines 1 to {@value #MAX_MACHINES}
     * @param accounts 1 or more; if there are more accounts than machines, some are not used
     * @param meanTib capacity of a machine in TiB, above 0
     * @param seed equal seeds give equal farms
     * @return the machines, each with its own loopback address
     * @throws IllegalArgumentException when a number is out of its range
     */
    public static List<MachineSettings> of(int machines, int accounts, double meanTib, long seed) {
        if (machines < 1 || machines > MAX_MACHINES || accounts < 1) {
            throw new IllegalArgumentException(
                    "a farm cannot have " + machines + " machines and " + accounts + " accounts");
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

    /** The address of a machine by its number, 127.77.y.z. Servers do not use these addresses. */
    private static InetAddress address(int index) {
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
