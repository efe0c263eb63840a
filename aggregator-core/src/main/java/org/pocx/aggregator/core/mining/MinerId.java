package org.pocx.aggregator.core.mining;

import java.util.Objects;

/**
 * A mining machine as the aggregator knows it: by its address. The Basic user name, where there is one, is a label
 * beside the address and no part of the identity.
 *
 * <p>A text that is longer than {@value #MAX_CHARS} characters or contains control characters is shortened, its control
 * characters are replaced by question marks, and a tilde and a hash of the original text are appended. Different texts
 * therefore stay different machines, and the same text always gives the same machine, also after a restart.
 *
 * @param address the machine's IP address as text, or any other name that a custom transport gives it
 * @param label the machine's user name, or the empty string
 */
public record MinerId(String address, String label) {
    /** The maximum length of address and label, in characters (UTF-16 code units). */
    public static final int MAX_CHARS = 64;

    /**
     * Cleans and shortens both texts, as described above, instead of refusing them.
     *
     * @throws NullPointerException when address or label is null
     */
    public MinerId {
        address = SafeName.of(Objects.requireNonNull(address, "address"), MAX_CHARS);
        label = SafeName.of(Objects.requireNonNull(label, "label"), MAX_CHARS);
    }

    /**
     * A machine without a label.
     *
     * @param address as above
     */
    public MinerId(String address) {
        this(address, "");
    }
}
