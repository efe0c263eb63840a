package org.pocx.aggregator.core.forward;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.pocx.aggregator.core.mining.NonceId;

/**
 * Remembers which nonces of a round were received, so that one that is sent again is not counted or forwarded again.
 *
 * <p>It keeps 64 bits of a salted SHA-256 a nonce: a collision is as likely as a stroke of lightning, and nobody who
 * does not know the salt can make one. Bounded: of the nonces of a round, at least the last {@value #GENERATION} are
 * remembered. Thread-safe, by the monitors of its stripes.
 */
final class SeenNonces {
    /** Nonces remembered at least. */
    static final int GENERATION = 1 << 17;

    private static final int STRIPES = 16;
    private static final int STRIPE_SHIFT = Long.SIZE - 4;
    private static final int SALT_BYTES = 16;

    private final MessageDigest salted;
    private final Stripe[] stripes = new Stripe[STRIPES];

    SeenNonces() {
        try {
            salted = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        salted.update(salt);
        Arrays.setAll(stripes, i -> new Stripe());
    }

    /** Remembers the nonce; returns false when it was remembered already. */
    boolean add(NonceId nonceId) {
        return add(fingerprint(nonceId));
    }

    /** Remembers the nonce of that fingerprint; returns false when it was remembered already. */
    boolean add(long print) {
        return stripes[(int) (print >>> STRIPE_SHIFT)].add(print);
    }

    /** 64 bits that stand for the nonce in this round. */
    long fingerprint(NonceId nonceId) {
        try {
            MessageDigest digest = (MessageDigest) salted.clone();
            digest.update(nonceId.generationSignature().getBytes(StandardCharsets.ISO_8859_1));
            digest.update(nonceId.accountId().getBytes(StandardCharsets.ISO_8859_1));
            digest.update(nonceId.seed().getBytes(StandardCharsets.ISO_8859_1));
            digest.update(ByteBuffer.allocate(2 * Long.BYTES + 1)
                    .putLong(nonceId.nonce())
                    .putLong(nonceId.rawQuality())
                    .put((byte) nonceId.compression())
                    .array());
            if (!nonceId.coinbaseOutputs().isEmpty()) {
                digest.update(nonceId.coinbaseOutputs().text().getBytes(StandardCharsets.UTF_8));
            }
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
        }
    }

    /** Two generations: when the young one is full, the old one is forgotten. */
    private static final class Stripe {
        private static final int CAPACITY = GENERATION / STRIPES;

        private LongSet young = new LongSet();
        private LongSet old = new LongSet();

        synchronized boolean add(long print) {
            if (old.contains(print) || !young.add(print)) {
                return false;
            }
            if (young.size() == CAPACITY) {
                old = young;
                young = new LongSet();
            }
            return true;
        }
    }

    /** A set of longs in one array: open addressing, at most half full. The value 0 is kept beside the table. */
    private static final class LongSet {
        private long[] table = new long[16];
        private boolean hasZero;
        private int used;

        int size() {
            return used + (hasZero ? 1 : 0);
        }

        boolean contains(long value) {
            return value == 0 ? hasZero : table[slot(value)] == value;
        }

        boolean add(long value) {
            if (contains(value)) {
                return false;
            }
            if (value == 0) {
                hasZero = true;
                return true;
            }
            if (2 * (used + 1) > table.length) {
                grow();
            }
            table[slot(value)] = value;
            used++;
            return true;
        }

        /** Where the value is, or the free slot where it belongs. */
        private int slot(long value) {
            int i = (int) value & (table.length - 1);
            while (table[i] != 0 && table[i] != value) {
                i = (i + 1) & (table.length - 1);
            }
            return i;
        }

        private void grow() {
            long[] before = table;
            table = new long[before.length * 2];
            for (long value : before) {
                if (value != 0) {
                    table[slot(value)] = value;
                }
            }
        }
    }
}
