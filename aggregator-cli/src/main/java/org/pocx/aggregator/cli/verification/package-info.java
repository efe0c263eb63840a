/**
 * The check of nonces: their qualities are computed, in the background and, where it is configured, before they are sent.
 * Start at {@link org.pocx.aggregator.cli.verification.NonceVerification}.
 */
@NullMarked
package org.pocx.aggregator.cli.verification;

import org.jspecify.annotations.NullMarked;
