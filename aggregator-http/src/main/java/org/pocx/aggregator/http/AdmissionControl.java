package org.pocx.aggregator.http;

import java.net.InetAddress;

/**
 * Decides whether a new connection is served, before a byte of it is read. Implementations are thread-safe and never block:
 * they run on the accepting thread.
 */
@FunctionalInterface
public interface AdmissionControl {
    /** Admits every connection. */
    AdmissionControl ADMIT_ALL = peer -> new Decision.Admitted(() -> {});

    /**
     * Decides about one connection.
     *
     * @param peer the address of the other end, which may be a proxy; never null
     * @return the decision; never null
     */
    Decision admit(InetAddress peer);

    /** What happens to the connection. */
    sealed interface Decision {
        /**
         * The connection is served.
         *
         * @param slot released once, when the connection has ended
         */
        record Admitted(Slot slot) implements Decision {}

        /** The connection is closed at once: this peer is not allowed. */
        record Rejected() implements Decision {}

        /**
         * The connection is closed at once: all slots are occupied. Idle connections and connections without a request
         * are closed, too.
         */
        record Full() implements Decision {}
    }

    /** The slot that an admitted connection occupies. */
    @FunctionalInterface
    interface Slot {
        /** Releases the slot. Called exactly once, on any thread. */
        void release();
    }
}
