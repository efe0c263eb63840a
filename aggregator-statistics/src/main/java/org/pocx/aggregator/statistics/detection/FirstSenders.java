package org.pocx.aggregator.statistics.detection;

import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * Which machine sent a nonce first. A nonce is remembered by 64 bits of a hash with a secret. Bounded: of the last {@value
 * #GENERATION} nonces each is known, and no more than twice as many; 6.3 MB then, much less on a small farm.
 *
 * <p>Not thread-safe except {@link #print}; belongs to its {@link OverlapDetector}.
 */
final class FirstSenders {
    /** Nonces that are known at least: more than 10,000 machines send in a round. */
    static final int GENERATION = 1 << 17;

    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final long MIX_AGAIN = 0xBF58476D1CE4E5B9L;

    private final long secret;
    private final int generation;
    private Senders young = new Senders();
    private Senders old = new Senders();

    FirstSenders(long secret) {
        this(secret, GENERATION);
    }

    /** With another number of nonces, for tests. */
    FirstSenders(long secret, int generation) {
        this.secret = new SplittableRandom(secret).nextLong();
        this.generation = generation;
    }

    /** The hash of a nonce: its round, account, seed, number and compression, whatever it claims. */
    long print(NonceSubmission nonce) {
        long hash = mixed(secret, nonce.blockHash());
        hash = mixed(hash, nonce.accountId());
        hash = mixed(hash, nonce.seed());
        hash = mixed(hash ^ nonce.nonce());
        return mixed(hash ^ nonce.compression());
    }

    /** The hash of a nonce and a machine that repeats it. */
    static long combined(long print, String machine) {
        long hash = print;
        for (int i = 0; i < machine.length(); i++) {
            hash = mixed(hash ^ machine.charAt(i));
        }
        return mixed(hash);
    }

    private static long mixed(long start, String hex) {
        long hash = start;
        long word = 0;
        for (int i = 0; i < hex.length(); i++) {
            word = word << 4 | Character.digit(hex.charAt(i), 16);
            if (i % 16 == 15) {
                hash = mixed(hash ^ word);
            }
        }
        return mixed(hash ^ word);
    }

    private static long mixed(long value) {
        long mixed = (value ^ value >>> 30) * MIX_AGAIN + MIX;
        mixed = (mixed ^ mixed >>> 27) * MIX;
        return mixed ^ mixed >>> 31;
    }

    /** Returns who sent that nonce first; if nobody did, it is this machine, and null is returned. */
    @Nullable
    MachineWatch put(long print, MachineWatch machine) {
        MachineWatch known = old.get(print);
        if (known == null) {
            known = young.get(print);
        }
        if (known != null) {
            return known;
        }
        young.add(print, machine);
        if (young.size == generation) {
            old = young;
            young = new Senders();
        }
        return null;
    }

    /** Open addressing, at most half full. */
    private static final class Senders {
        private long[] prints = new long[64];
        private @Nullable MachineWatch[] machines = new MachineWatch[64];
        private int size;

        @Nullable
        MachineWatch get(long print) {
            return machines[slot(print)];
        }

        void add(long print, MachineWatch machine) {
            if (2 * (size + 1) > prints.length) {
                grow();
            }
            int slot = slot(print);
            prints[slot] = print;
            machines[slot] = machine;
            size++;
        }

        /** Where the print is, or the free slot where it belongs. */
        private int slot(long print) {
            int slot = (int) print & (prints.length - 1);
            while (machines[slot] != null && prints[slot] != print) {
                slot = (slot + 1) & (prints.length - 1);
            }
            return slot;
        }

        private void grow() {
            long[] before = prints;
            @Nullable MachineWatch[] owners = machines;
            prints = new long[before.length * 2];
            machines = new MachineWatch[before.length * 2];
            for (int i = 0; i < before.length; i++) {
                if (owners[i] != null) {
                    int slot = slot(before[i]);
                    prints[slot] = before[i];
                    machines[slot] = Objects.requireNonNull(owners[i]);
                }
            }
        }
    }
}
