package org.pocx.aggregator.protocol.server;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How miners log in at a miner port. A Basic user name is the name of a machine, unless many machines share it. It is used
 * as a name where no login is needed as well.
 *
 * @param accepted what a miner may log in with; empty admits everyone
 * @param sharedUser the user name that many machines share, and that is therefore not the name of a machine; empty for none
 */
public record MinerLogins(List<BasicCredentials> accepted, @Nullable String sharedUser) {
    /** Admits everyone. */
    public static final MinerLogins NONE = new MinerLogins(List.of(), null);

    /**
     * Copies the list.
     *
     * @throws NullPointerException if the list is null or contains null
     */
    public MinerLogins {
        accepted = List.copyOf(Objects.requireNonNull(accepted, "accepted"));
    }

    /**
     * {@return logins of machines that all have the same credentials}
     *
     * @param credentials what every miner must send
     */
    public static MinerLogins shared(BasicCredentials credentials) {
        return new MinerLogins(List.of(credentials), credentials.username());
    }
}
