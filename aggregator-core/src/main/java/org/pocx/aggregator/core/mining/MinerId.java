package org.pocx.aggregator.core.mining;

/**
 * A mining machine as the aggregator knows it: by its address. The Basic user name, where there is one, is a label
 * beside the address and no part of the identity.
 *
 * @param address the machine's IP address as text (or any other name that a custom transport gives it); control
 *     characters are replaced and it is cut at {@value #MAX_CHARS} characters
 * @param label the machine's user name, or the empty string; cleaned and cut likewise
 */
public record MinerId(String address, String label) {
    /** The longest address or label that is kept, in characters. */
    public static final int MAX_CHARS = 64;

    /** Cleans and cuts what a peer may have chosen, instead of refusing it. */
    public MinerId {
        address = clean(address);
        label = clean(label);
    }

    /**
     * A machine without a label.
     *
     * @param address as above
     */
    public MinerId(String address) {
        this(address, "");
    }

    private static String clean(String text) {
        int length = Math.min(text.length(), MAX_CHARS);
        for (int i = 0; i < length; i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return text.substring(0, length).replaceAll("\\p{Cntrl}", "?");
            }
        }
        return length == text.length() ? text : text.substring(0, length);
    }
}
