package org.pocx.aggregator.core.mining;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How a pool that runs a node wants the reward of a block split: the optional tenth field of {@code submit_nonce}
 * ({@code coinbase_outputs}). It belongs to its nonce and travels with it. Immutable.
 *
 * @param outputs at most {@value #MAX_OUTPUTS}, in the order of the request; empty where the request has none
 */
public record CoinbaseOutputs(List<Output> outputs) {
    /** The most outputs of one nonce. */
    public static final int MAX_OUTPUTS = 64;

    /** The most bytes of the field in a request, as compact JSON in UTF-8. */
    public static final int MAX_BYTES = 8 * 1_024;

    private static final int BYTES_OF_AN_OUTPUT = "{\"address\":\"\",\"amount_sat\":},".length();

    /** No output: the nonce has nine fields. */
    public static final CoinbaseOutputs NONE = new CoinbaseOutputs(List.of());

    private static final String FIELD = "coinbase_outputs";

    /**
     * Copies the outputs.
     *
     * @throws InvalidFieldException when there are too many, or their text is too long
     */
    public CoinbaseOutputs {
        outputs = List.copyOf(outputs);
        if (outputs.size() > MAX_OUTPUTS) {
            throw new InvalidFieldException(FIELD, "must have at most " + MAX_OUTPUTS + " entries");
        }
        if (bytesOf(outputs) > MAX_BYTES) {
            throw new InvalidFieldException(FIELD, "must have at most " + MAX_BYTES + " bytes");
        }
    }

    private static int bytesOf(List<Output> outputs) {
        int amountsAndAddresses = textOf(outputs).getBytes(StandardCharsets.UTF_8).length;
        return amountsAndAddresses + BYTES_OF_AN_OUTPUT * outputs.size();
    }

    /**
     * One output.
     *
     * @param address as the node knows it, without white space and control characters and not empty. Whether it is valid is
     *     for the node to say
     * @param amountSat in the smallest unit of the coin, from 0: what a node keeps an amount in is signed
     */
    public record Output(String address, long amountSat) {
        /**
         * Checks both.
         *
         * @throws InvalidFieldException when it is not of the form above
         */
        public Output {
            boolean printable = address.chars().allMatch(c -> c > ' ' && !Character.isISOControl(c));
            if (address.isEmpty() || !printable) {
                throw new InvalidFieldException(FIELD, "must have addresses of printable characters");
            }
            if (amountSat < 0) {
                throw new InvalidFieldException(FIELD, "must have an amount_sat from 0 to " + Long.MAX_VALUE);
            }
        }
    }

    /** {@return true when there is no output} */
    public boolean isEmpty() {
        return outputs.isEmpty();
    }

    /**
     * {@return the outputs as one text for a store: amount, space and address of each in a line of its own; empty where
     * there is none}
     */
    public String text() {
        return textOf(outputs);
    }

    private static String textOf(List<Output> outputs) {
        StringBuilder text = new StringBuilder();
        for (Output output : outputs) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(Long.toUnsignedString(output.amountSat()))
                    .append(' ')
                    .append(output.address());
        }
        return text.toString();
    }

    /**
     * {@return what {@link #text()} made a text of}
     *
     * @param text as a store gives it back
     * @throws InvalidFieldException when it is not of that form
     */
    public static CoinbaseOutputs ofText(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        List<Output> outputs = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int space = line.indexOf(' ');
            try {
                outputs.add(new Output(
                        line.substring(space + 1), Long.parseUnsignedLong(line.substring(0, Math.max(0, space)))));
            } catch (NumberFormatException notANumber) {
                throw new InvalidFieldException(FIELD, "must have an amount and an address in each line of their text");
            }
        }
        return new CoinbaseOutputs(outputs);
    }
}
