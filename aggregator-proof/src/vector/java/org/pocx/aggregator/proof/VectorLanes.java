package org.pocx.aggregator.proof;

import static jdk.incubator.vector.VectorOperators.AND_NOT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.NOT;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Hashes as many messages at once as a vector register has words. Compiled separately, as {@code --release} hides the Vector
 * API. It uses only methods that exist in the same form since Java 21, and no other class refers to it by more than its name.
 *
 * <p>The words of A and B that the permutation computes are appended to the old ones instead of replacing them. So each step
 * reads and writes at fixed distances, and the loop stays small enough for the compiler to keep its values in registers and
 * to allocate nothing.
 */
final class VectorLanes implements ShabalLanes {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** In words of {@link ScalarLanes#initialState()}. */
    private static final int B = A_WORDS;

    private static final int C = B + BLOCK;

    /** The initial state, each word once per lane. */
    private static final int[] INITIAL = initial();

    private final int[] a = new int[(A_WORDS + STEPS) * LANES];
    private final int[] b = new int[(BLOCK + STEPS) * LANES];

    /** Twice, so that no index needs a modulo. */
    private final int[] c = new int[2 * BLOCK * LANES];

    /** Called by name. */
    VectorLanes() {}

    private static int[] initial() {
        int[] state = ScalarLanes.initialState();
        int[] repeated = new int[state.length * LANES];
        for (int i = 0; i < state.length; i++) {
            Arrays.fill(repeated, i * LANES, (i + 1) * LANES, state[i]);
        }
        return repeated;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void hash(int[] words, int first, int blocks, int last, int result) {
        System.arraycopy(INITIAL, 0, a, 0, A_WORDS * LANES);
        System.arraycopy(INITIAL, B * LANES, b, 0, BLOCK * LANES);
        System.arraycopy(INITIAL, C * LANES, c, 0, BLOCK * LANES);
        System.arraycopy(INITIAL, C * LANES, c, BLOCK * LANES, BLOCK * LANES);
        for (int block = 0; block < blocks; block++) {
            absorb(words, (first + block * BLOCK) * LANES, block + 1);
        }
        // The last block, and three final rounds, which absorb it again under the same number.
        for (int round = 0; round < 4; round++) {
            absorb(words, last * LANES, blocks + 1);
        }
        System.arraycopy(c, (BLOCK - HASH) * LANES, words, result * LANES, HASH * LANES);
    }

    private void absorb(int[] words, int block, int counter) {
        add(words, block, counter);
        permute(words, block);
        subtract(words, block);
    }

    /** Adds the message to B, the counter to A (its upper half is 0 in all blocks of a message), and rotates B. */
    private void add(int[] words, int block, int counter) {
        at(a, 0).lanewise(XOR, counter).intoArray(a, 0);
        for (int i = 0; i < BLOCK * LANES; i += LANES) {
            at(b, i).add(at(words, block + i)).lanewise(ROL, 17).intoArray(b, i);
        }
    }

    /**
     * Computes the words of A and B, two steps at a time. Written out, and with shifts and additions instead of slow
     * multiplications: with a method per step, the compiler makes objects of the vectors.
     */
    private void permute(int[] words, int block) {
        int[] aa = a;
        int[] bb = b;
        int[] cc = c;
        IntVector last = at(aa, (A_WORDS - 1) * LANES);
        for (int step = 0; step < STEPS; step += 2) {
            int i = step * LANES;
            int m = block + (step & BLOCK - 1) * LANES;
            int k = (24 - (step & BLOCK - 1)) * LANES;
            IntVector v = last.lanewise(ROL, 15);
            IntVector u = v.lanewise(LSHL, 2).add(v).lanewise(XOR, at(aa, i).lanewise(XOR, at(cc, k)));
            IntVector mixed = at(bb, i + 9 * LANES).lanewise(AND_NOT, at(bb, i + 6 * LANES))
                    .lanewise(XOR, at(bb, i + 13 * LANES)).lanewise(XOR, at(words, m));
            last = u.lanewise(LSHL, 1).add(u).lanewise(XOR, mixed);
            last.intoArray(aa, i + A_WORDS * LANES);
            at(bb, i).lanewise(ROL, 1).lanewise(NOT).lanewise(XOR, last).intoArray(bb, i + BLOCK * LANES);

            i += LANES;
            v = last.lanewise(ROL, 15);
            u = v.lanewise(LSHL, 2).add(v).lanewise(XOR, at(aa, i).lanewise(XOR, at(cc, k - LANES)));
            mixed = at(bb, i + 9 * LANES).lanewise(AND_NOT, at(bb, i + 6 * LANES))
                    .lanewise(XOR, at(bb, i + 13 * LANES)).lanewise(XOR, at(words, m + LANES));
            last = u.lanewise(LSHL, 1).add(u).lanewise(XOR, mixed);
            last.intoArray(aa, i + A_WORDS * LANES);
            at(bb, i).lanewise(ROL, 1).lanewise(NOT).lanewise(XOR, last).intoArray(bb, i + BLOCK * LANES);
        }
    }

    /** Adds C to A, subtracts the message from C and exchanges B and C. What was appended becomes the start again. */
    private void subtract(int[] words, int block) {
        for (int i = 0; i < A_WORDS * LANES; i += LANES) {
            IntVector sum = at(a, STEPS * LANES + i).add(at(c, i + 3 * LANES));
            sum.add(at(c, i + 11 * LANES)).add(at(c, i + 15 * LANES)).intoArray(a, i);
        }
        for (int i = 0; i < BLOCK * LANES; i += LANES) {
            at(c, i).sub(at(words, block + i)).intoArray(b, i);
        }
        System.arraycopy(b, STEPS * LANES, c, 0, BLOCK * LANES);
        System.arraycopy(b, STEPS * LANES, c, BLOCK * LANES, BLOCK * LANES);
    }

    private static IntVector at(int[] words, int index) {
        return IntVector.fromArray(SPECIES, words, index);
    }
}
