package org.pocx.aggregator.proof;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Shabal-256 as its specification has it, without any trick: words by their indices, one step after the other. */
final class SlowShabal {
    private int[] a = new int[12];
    private int[] b = new int[16];
    private int[] c = new int[16];
    private long w;

    private SlowShabal() {
        w = -1;
        absorb(numbers(256));
        w = 0;
        absorb(numbers(272));
        w = 1;
    }

    private static int[] numbers(int from) {
        int[] block = new int[16];
        for (int i = 0; i < 16; i++) {
            block[i] = from + i;
        }
        return block;
    }

    static byte[] hash(byte[] message) {
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        padded.writeBytes(message);
        padded.write(0x80);
        while (padded.size() % 64 != 0) {
            padded.write(0);
        }
        ByteBuffer bytes = ByteBuffer.wrap(padded.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        SlowShabal shabal = new SlowShabal();
        int[] block = new int[16];
        while (bytes.hasRemaining()) {
            for (int i = 0; i < 16; i++) {
                block[i] = bytes.getInt();
            }
            shabal.absorb(block);
            shabal.w++;
        }
        shabal.w--;
        for (int round = 0; round < 3; round++) {
            shabal.absorb(block);
        }
        ByteBuffer hash = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 8; i < 16; i++) {
            hash.putInt(shabal.c[i]);
        }
        return hash.array();
    }

    private void absorb(int[] m) {
        for (int i = 0; i < 16; i++) {
            b[i] += m[i];
        }
        a[0] ^= (int) w;
        a[1] ^= (int) (w >>> 32);
        permute(m);
        for (int i = 0; i < 16; i++) {
            c[i] -= m[i];
        }
        int[] exchanged = b;
        b = c;
        c = exchanged;
    }

    private void permute(int[] m) {
        for (int i = 0; i < 16; i++) {
            b[i] = Integer.rotateLeft(b[i], 17);
        }
        for (int j = 0; j < 3; j++) {
            for (int i = 0; i < 16; i++) {
                int v = 5 * Integer.rotateLeft(a[(i + 16 * j + 11) % 12], 15);
                int u = 3 * (a[(i + 16 * j) % 12] ^ v ^ c[(8 - i + 16) % 16]);
                a[(i + 16 * j) % 12] = u ^ b[(i + 13) % 16] ^ (b[(i + 9) % 16] & ~b[(i + 6) % 16]) ^ m[i];
                b[i] = Integer.rotateLeft(b[i], 1) ^ ~a[(i + 16 * j) % 12];
            }
        }
        for (int j = 0; j < 36; j++) {
            a[j % 12] += c[(j + 3) % 16];
        }
    }
}
