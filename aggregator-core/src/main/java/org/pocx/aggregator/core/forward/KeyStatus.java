package org.pocx.aggregator.core.forward;

/** How the last attempt under a filter key went, which says how long the next one may hold its slot. */
enum KeyStatus {
    /** The upstream answered. */
    PROVEN,
    /** Nothing was sent under this key yet. */
    UNKNOWN,
    /** It timed out. */
    TIMED_OUT
}
