package org.pocx.aggregator.core.forward;

/**
 * Which upstream nonces are sent to, and whether there are others. Thread-safe; written by the thread that tells of polls.
 */
final class Destinations {
    private volatile Destination active;
    private volatile boolean several;

    Destinations(Destination active) {
        this.active = active;
    }

    Destination active() {
        return active;
    }

    void active(Destination next) {
        active = next;
    }

    /** Whether another upstream may become active, so that what this one does not need may be needed. */
    boolean areSeveral() {
        return several;
    }

    void several(boolean areSeveral) {
        several = areSeveral;
    }
}
