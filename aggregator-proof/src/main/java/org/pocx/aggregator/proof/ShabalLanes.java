package org.pocx.aggregator.proof;

/**
 * Hashes one message or several of the same length with Shabal-256, each in its own lane. Source: "Shabal, a Submission to
 * NIST's Cryptographic Hash Algorithm Competition", 28 October 2008, chapter 2. An instance holds the state of the hash: it
 * belongs to one thread.
 *
 * <p>Messages are words of 32 bits, as the specification reads bytes: little-endian. All messages share one array: word
 * {@code i} of the message in lane {@code l} is at {@code i * lanes() + l}.
 */
interface ShabalLanes {
    /** Words of a block of the message (M), and of the parts B and C of the state. */
    int BLOCK = 16;

    /** Words of the part A of the state: the parameter r. */
    int A_WORDS = 12;

    /** Steps of the permutation: the parameter p = 3, times 16. */
    int STEPS = 48;

    /** Words of a hash. */
    int HASH = 8;

    /** How many messages are hashed at once. */
    int lanes();

    /**
     * Hashes a message of each lane. The last block, which includes the padding, may be at another place than the others.
     *
     * @param words the messages and the results
     * @param first the first word of the message
     * @param blocks how many blocks are there, without the last one
     * @param last the first word of the last block
     * @param result where the hash is written: 8 words
     */
    void hash(int[] words, int first, int blocks, int last, int result);
}
