/**
 * Computes the quality of PoCX nonces, without a node and without a plot file: start at
 * {@link org.pocx.aggregator.proof.PocxProof}.
 *
 * <p>From the bottom to the top: {@code ShabalLanes} hashes several messages at once, {@code UncompressedNonces} makes
 * uncompressed nonces of these hashes, {@code ScoopSum} adds the parts of a compressed nonce and hashes its scoop,
 * {@code ProofComputation} and {@code ProofBatch} compute one nonce and many.
 */
@NullMarked
package org.pocx.aggregator.proof;

import org.jspecify.annotations.NullMarked;
