package org.pocx.aggregator.protocol.engine;

import java.net.InetAddress;

/** Decides about connections as they come, before a byte is read. Implementations are thread-safe and never block. */
@FunctionalInterface
public interface Door {
    /** Lets everyone in. */
    Door OPEN = peer -> new Entry.Admitted(() -> {});

    /**
     * Decides about one connection.
     *
     * @param peer the other end of the connection, which may be a proxy
     * @return the decision; never null
     */
    Entry enter(InetAddress peer);

    /** The door's decision. */
    sealed interface Entry {
        /**
         * The connection is served; its place is left once, when it has ended.
         *
         * @param place freed when the connection has ended
         */
        record Admitted(Place place) implements Entry {}

        /** The connection is closed at once: this peer may not. */
        record Refused() implements Entry {}

        /** The connection is closed at once: there is no place. Others that do not use theirs are closed for it, too. */
        record Full() implements Entry {}
    }

    /** What a connection occupies. */
    @FunctionalInterface
    interface Place {
        /** Frees it. Called once. */
        void leave();
    }
}
