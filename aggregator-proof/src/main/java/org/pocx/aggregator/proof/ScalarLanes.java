package org.pocx.aggregator.proof;

/**
 * Hashes one message at a time, in plain Java. The permutation is written out, as only then the compiler keeps the state in
 * registers: as a loop it takes a third longer.
 */
final class ScalarLanes implements ShabalLanes {
    private static final int B = A_WORDS;
    private static final int C = B + BLOCK;
    private static final int STATE = C + BLOCK;
    private static final int[] INITIAL = initial();

    private final int[] state = new int[STATE];
    private final int[] message = new int[BLOCK];

    /** The state before the first block of a message: A, B and C, 44 words. */
    static int[] initialState() {
        return INITIAL.clone();
    }

    /** Absorbs two blocks, the numbers from 256 (the bits of a hash) on, before the first of the message, which has number 1. */
    private static int[] initial() {
        ScalarLanes lanes = new ScalarLanes();
        int number = 256;
        for (long counter = -1; counter <= 0; counter++) {
            for (int i = 0; i < BLOCK; i++) {
                lanes.message[i] = number++;
            }
            lanes.absorb(counter);
        }
        return lanes.state;
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void hash(int[] words, int first, int blocks, int last, int result) {
        System.arraycopy(INITIAL, 0, state, 0, STATE);
        for (int block = 0; block < blocks; block++) {
            System.arraycopy(words, first + block * BLOCK, message, 0, BLOCK);
            absorb(block + 1);
        }
        System.arraycopy(words, last, message, 0, BLOCK);
        // The last block, and three final rounds, which absorb it again under the same number.
        for (int round = 0; round < 4; round++) {
            absorb(blocks + 1);
        }
        System.arraycopy(state, C + BLOCK - HASH, words, result, HASH);
    }

    /** One step of the permutation for a word of A: U is a multiplication by 3, V one by 5. */
    private static int step(int a, int previous, int c, int b13, int b9, int b6, int m) {
        return ((a ^ c ^ (Integer.rotateLeft(previous, 15) * 5)) * 3) ^ (b13 ^ (b9 & ~b6) ^ m);
    }

    /** Absorbs the block in {@code message}: adds it to B, permutes, subtracts it from C and exchanges B and C. */
    private void absorb(long counter) {
        int[] s = state;
        int[] m = message;
        int a0 = s[0] ^ (int) counter;
        int a1 = s[1] ^ (int) (counter >>> 32);
        int a2 = s[2];
        int a3 = s[3];
        int a4 = s[4];
        int a5 = s[5];
        int a6 = s[6];
        int a7 = s[7];
        int a8 = s[8];
        int a9 = s[9];
        int a10 = s[10];
        int a11 = s[11];
        int b0 = Integer.rotateLeft(s[B + 0] + m[0], 17);
        int b1 = Integer.rotateLeft(s[B + 1] + m[1], 17);
        int b2 = Integer.rotateLeft(s[B + 2] + m[2], 17);
        int b3 = Integer.rotateLeft(s[B + 3] + m[3], 17);
        int b4 = Integer.rotateLeft(s[B + 4] + m[4], 17);
        int b5 = Integer.rotateLeft(s[B + 5] + m[5], 17);
        int b6 = Integer.rotateLeft(s[B + 6] + m[6], 17);
        int b7 = Integer.rotateLeft(s[B + 7] + m[7], 17);
        int b8 = Integer.rotateLeft(s[B + 8] + m[8], 17);
        int b9 = Integer.rotateLeft(s[B + 9] + m[9], 17);
        int b10 = Integer.rotateLeft(s[B + 10] + m[10], 17);
        int b11 = Integer.rotateLeft(s[B + 11] + m[11], 17);
        int b12 = Integer.rotateLeft(s[B + 12] + m[12], 17);
        int b13 = Integer.rotateLeft(s[B + 13] + m[13], 17);
        int b14 = Integer.rotateLeft(s[B + 14] + m[14], 17);
        int b15 = Integer.rotateLeft(s[B + 15] + m[15], 17);
        a0 = step(a0, a11, s[C + 8], b13, b9, b6, m[0]);
        b0 = Integer.rotateLeft(b0, 1) ^ ~a0;
        a1 = step(a1, a0, s[C + 7], b14, b10, b7, m[1]);
        b1 = Integer.rotateLeft(b1, 1) ^ ~a1;
        a2 = step(a2, a1, s[C + 6], b15, b11, b8, m[2]);
        b2 = Integer.rotateLeft(b2, 1) ^ ~a2;
        a3 = step(a3, a2, s[C + 5], b0, b12, b9, m[3]);
        b3 = Integer.rotateLeft(b3, 1) ^ ~a3;
        a4 = step(a4, a3, s[C + 4], b1, b13, b10, m[4]);
        b4 = Integer.rotateLeft(b4, 1) ^ ~a4;
        a5 = step(a5, a4, s[C + 3], b2, b14, b11, m[5]);
        b5 = Integer.rotateLeft(b5, 1) ^ ~a5;
        a6 = step(a6, a5, s[C + 2], b3, b15, b12, m[6]);
        b6 = Integer.rotateLeft(b6, 1) ^ ~a6;
        a7 = step(a7, a6, s[C + 1], b4, b0, b13, m[7]);
        b7 = Integer.rotateLeft(b7, 1) ^ ~a7;
        a8 = step(a8, a7, s[C + 0], b5, b1, b14, m[8]);
        b8 = Integer.rotateLeft(b8, 1) ^ ~a8;
        a9 = step(a9, a8, s[C + 15], b6, b2, b15, m[9]);
        b9 = Integer.rotateLeft(b9, 1) ^ ~a9;
        a10 = step(a10, a9, s[C + 14], b7, b3, b0, m[10]);
        b10 = Integer.rotateLeft(b10, 1) ^ ~a10;
        a11 = step(a11, a10, s[C + 13], b8, b4, b1, m[11]);
        b11 = Integer.rotateLeft(b11, 1) ^ ~a11;
        a0 = step(a0, a11, s[C + 12], b9, b5, b2, m[12]);
        b12 = Integer.rotateLeft(b12, 1) ^ ~a0;
        a1 = step(a1, a0, s[C + 11], b10, b6, b3, m[13]);
        b13 = Integer.rotateLeft(b13, 1) ^ ~a1;
        a2 = step(a2, a1, s[C + 10], b11, b7, b4, m[14]);
        b14 = Integer.rotateLeft(b14, 1) ^ ~a2;
        a3 = step(a3, a2, s[C + 9], b12, b8, b5, m[15]);
        b15 = Integer.rotateLeft(b15, 1) ^ ~a3;
        a4 = step(a4, a3, s[C + 8], b13, b9, b6, m[0]);
        b0 = Integer.rotateLeft(b0, 1) ^ ~a4;
        a5 = step(a5, a4, s[C + 7], b14, b10, b7, m[1]);
        b1 = Integer.rotateLeft(b1, 1) ^ ~a5;
        a6 = step(a6, a5, s[C + 6], b15, b11, b8, m[2]);
        b2 = Integer.rotateLeft(b2, 1) ^ ~a6;
        a7 = step(a7, a6, s[C + 5], b0, b12, b9, m[3]);
        b3 = Integer.rotateLeft(b3, 1) ^ ~a7;
        a8 = step(a8, a7, s[C + 4], b1, b13, b10, m[4]);
        b4 = Integer.rotateLeft(b4, 1) ^ ~a8;
        a9 = step(a9, a8, s[C + 3], b2, b14, b11, m[5]);
        b5 = Integer.rotateLeft(b5, 1) ^ ~a9;
        a10 = step(a10, a9, s[C + 2], b3, b15, b12, m[6]);
        b6 = Integer.rotateLeft(b6, 1) ^ ~a10;
        a11 = step(a11, a10, s[C + 1], b4, b0, b13, m[7]);
        b7 = Integer.rotateLeft(b7, 1) ^ ~a11;
        a0 = step(a0, a11, s[C + 0], b5, b1, b14, m[8]);
        b8 = Integer.rotateLeft(b8, 1) ^ ~a0;
        a1 = step(a1, a0, s[C + 15], b6, b2, b15, m[9]);
        b9 = Integer.rotateLeft(b9, 1) ^ ~a1;
        a2 = step(a2, a1, s[C + 14], b7, b3, b0, m[10]);
        b10 = Integer.rotateLeft(b10, 1) ^ ~a2;
        a3 = step(a3, a2, s[C + 13], b8, b4, b1, m[11]);
        b11 = Integer.rotateLeft(b11, 1) ^ ~a3;
        a4 = step(a4, a3, s[C + 12], b9, b5, b2, m[12]);
        b12 = Integer.rotateLeft(b12, 1) ^ ~a4;
        a5 = step(a5, a4, s[C + 11], b10, b6, b3, m[13]);
        b13 = Integer.rotateLeft(b13, 1) ^ ~a5;
        a6 = step(a6, a5, s[C + 10], b11, b7, b4, m[14]);
        b14 = Integer.rotateLeft(b14, 1) ^ ~a6;
        a7 = step(a7, a6, s[C + 9], b12, b8, b5, m[15]);
        b15 = Integer.rotateLeft(b15, 1) ^ ~a7;
        a8 = step(a8, a7, s[C + 8], b13, b9, b6, m[0]);
        b0 = Integer.rotateLeft(b0, 1) ^ ~a8;
        a9 = step(a9, a8, s[C + 7], b14, b10, b7, m[1]);
        b1 = Integer.rotateLeft(b1, 1) ^ ~a9;
        a10 = step(a10, a9, s[C + 6], b15, b11, b8, m[2]);
        b2 = Integer.rotateLeft(b2, 1) ^ ~a10;
        a11 = step(a11, a10, s[C + 5], b0, b12, b9, m[3]);
        b3 = Integer.rotateLeft(b3, 1) ^ ~a11;
        a0 = step(a0, a11, s[C + 4], b1, b13, b10, m[4]);
        b4 = Integer.rotateLeft(b4, 1) ^ ~a0;
        a1 = step(a1, a0, s[C + 3], b2, b14, b11, m[5]);
        b5 = Integer.rotateLeft(b5, 1) ^ ~a1;
        a2 = step(a2, a1, s[C + 2], b3, b15, b12, m[6]);
        b6 = Integer.rotateLeft(b6, 1) ^ ~a2;
        a3 = step(a3, a2, s[C + 1], b4, b0, b13, m[7]);
        b7 = Integer.rotateLeft(b7, 1) ^ ~a3;
        a4 = step(a4, a3, s[C + 0], b5, b1, b14, m[8]);
        b8 = Integer.rotateLeft(b8, 1) ^ ~a4;
        a5 = step(a5, a4, s[C + 15], b6, b2, b15, m[9]);
        b9 = Integer.rotateLeft(b9, 1) ^ ~a5;
        a6 = step(a6, a5, s[C + 14], b7, b3, b0, m[10]);
        b10 = Integer.rotateLeft(b10, 1) ^ ~a6;
        a7 = step(a7, a6, s[C + 13], b8, b4, b1, m[11]);
        b11 = Integer.rotateLeft(b11, 1) ^ ~a7;
        a8 = step(a8, a7, s[C + 12], b9, b5, b2, m[12]);
        b12 = Integer.rotateLeft(b12, 1) ^ ~a8;
        a9 = step(a9, a8, s[C + 11], b10, b6, b3, m[13]);
        b13 = Integer.rotateLeft(b13, 1) ^ ~a9;
        a10 = step(a10, a9, s[C + 10], b11, b7, b4, m[14]);
        b14 = Integer.rotateLeft(b14, 1) ^ ~a10;
        a11 = step(a11, a10, s[C + 9], b12, b8, b5, m[15]);
        b15 = Integer.rotateLeft(b15, 1) ^ ~a11;
        s[0] = a0 + s[C + 3] + s[C + 15] + s[C + 11];
        s[1] = a1 + s[C + 4] + s[C + 0] + s[C + 12];
        s[2] = a2 + s[C + 5] + s[C + 1] + s[C + 13];
        s[3] = a3 + s[C + 6] + s[C + 2] + s[C + 14];
        s[4] = a4 + s[C + 7] + s[C + 3] + s[C + 15];
        s[5] = a5 + s[C + 8] + s[C + 4] + s[C + 0];
        s[6] = a6 + s[C + 9] + s[C + 5] + s[C + 1];
        s[7] = a7 + s[C + 10] + s[C + 6] + s[C + 2];
        s[8] = a8 + s[C + 11] + s[C + 7] + s[C + 3];
        s[9] = a9 + s[C + 12] + s[C + 8] + s[C + 4];
        s[10] = a10 + s[C + 13] + s[C + 9] + s[C + 5];
        s[11] = a11 + s[C + 14] + s[C + 10] + s[C + 6];
        s[B + 0] = s[C + 0] - m[0];
        s[C + 0] = b0;
        s[B + 1] = s[C + 1] - m[1];
        s[C + 1] = b1;
        s[B + 2] = s[C + 2] - m[2];
        s[C + 2] = b2;
        s[B + 3] = s[C + 3] - m[3];
        s[C + 3] = b3;
        s[B + 4] = s[C + 4] - m[4];
        s[C + 4] = b4;
        s[B + 5] = s[C + 5] - m[5];
        s[C + 5] = b5;
        s[B + 6] = s[C + 6] - m[6];
        s[C + 6] = b6;
        s[B + 7] = s[C + 7] - m[7];
        s[C + 7] = b7;
        s[B + 8] = s[C + 8] - m[8];
        s[C + 8] = b8;
        s[B + 9] = s[C + 9] - m[9];
        s[C + 9] = b9;
        s[B + 10] = s[C + 10] - m[10];
        s[C + 10] = b10;
        s[B + 11] = s[C + 11] - m[11];
        s[C + 11] = b11;
        s[B + 12] = s[C + 12] - m[12];
        s[C + 12] = b12;
        s[B + 13] = s[C + 13] - m[13];
        s[C + 13] = b13;
        s[B + 14] = s[C + 14] - m[14];
        s[C + 14] = b14;
        s[B + 15] = s[C + 15] - m[15];
        s[C + 15] = b15;
    }
}
