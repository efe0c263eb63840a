package org.pocx.aggregator.cli;

import org.pocx.aggregator.proof.Challenge;
import org.pocx.aggregator.proof.PlotNonce;
import org.pocx.aggregator.proof.ProofTask;

/** Reads the nonces of {@code quality} from text. */
final class ProofFields {
    private static final int FIELDS = 6;

    private ProofFields() {}

    /**
     * Reads account_id, seed, nonce, compression, height and generation_signature, with commas between them.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static ProofTask task(String line) {
        String[] fields = line.split(",", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("there must be " + FIELDS
                    + " fields, account_id,seed,nonce,compression,height,generation_signature, but there are "
                    + (line.isEmpty() ? 0 : fields.length));
        }
        return new ProofTask(
                new PlotNonce(fields[0], fields[1], unsigned("nonce", fields[2]), compression(fields[3])),
                new Challenge(fields[5], unsigned("height", fields[4])));
    }

    /** @throws IllegalArgumentException if the text is not an unsigned number of 64 bits */
    static long unsigned(String name, String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw notUnsigned(name);
        }
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException tooLarge) {
            throw notUnsigned(name);
        }
    }

    private static IllegalArgumentException notUnsigned(String name) {
        return new IllegalArgumentException(name + " must be a whole number from 0 to 18446744073709551615");
    }

    /** Whatever is not a digit is outside the range, which the message of the nonce names. */
    private static int compression(String text) {
        return text.matches("[0-9]") ? text.charAt(0) - '0' : -1;
    }
}
