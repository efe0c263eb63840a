package org.pocx.aggregator.core.mining;

import java.util.Objects;

/**
 * A mining machine as the aggregator knows it: by its address and, where the miner gives one, its name. Several machines may
 * share an address (behind NAT, in containers).
 *
 * <p>An IPv6 address has one spelling, that of RFC 5952, without brackets and zone; an IPv4-mapped one is written as IPv4.
 *
 * <p>A text that is longer than {@value #MAX_CHARS} characters or contains control characters is shortened, its control
 * characters are replaced by question marks, and a tilde and a hash of the original text are appended. The same applies to
 * characters that end a line or change the direction of text, and to a slash in the address. Different texts therefore stay
 * different machines, and the same text always gives the same machine, also after a restart.
 *
 * @param address the machine's IP address as text, or any other name that a custom transport gives it
 * @param name the name that the machine gives itself, or the empty string
 */
public record MinerId(String address, String name) {
    /** The maximum length of address and name, in characters (UTF-16 code units). */
    public static final int MAX_CHARS = 64;

    private static final char SEPARATOR = '/';

    /**
     * Cleans and shortens both texts, as described above, instead of refusing them.
     *
     * @throws NullPointerException when address or name is null
     */
    public MinerId {
        address = SafeName.withoutSlash(IpAddress.canonical(Objects.requireNonNull(address, "address")), MAX_CHARS);
        name = SafeName.of(Objects.requireNonNull(name, "name"), MAX_CHARS);
    }

    /**
     * A machine without a name.
     *
     * @param address as above
     */
    public MinerId(String address) {
        this(address, "");
    }

    /**
     * The machine with that id, in any spelling of its address.
     *
     * @param id as {@link #id} returns it, or as another program wrote it
     * @return the machine, whose id may be spelled differently
     */
    public static MinerId ofId(String id) {
        int slash = id.indexOf(SEPARATOR);
        return slash < 0 ? new MinerId(id) : new MinerId(id.substring(0, slash), id.substring(slash + 1));
    }

    /**
     * {@return the text that identifies the machine in statistics, API and database: {@code address}, or {@code
     * address/name}; at most 129 characters}
     */
    public String id() {
        return name.isEmpty() ? address : address + SEPARATOR + name;
    }
}
