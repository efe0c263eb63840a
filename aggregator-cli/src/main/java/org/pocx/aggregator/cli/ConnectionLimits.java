package org.pocx.aggregator.cli;

import java.util.Optional;

/**
 * How many connections each port may have open, so that the database, the log and the upstream never want for a
 * descriptor, whoever connects.
 *
 * @param miners at least 1
 * @param dashboard at least 1
 */
record ConnectionLimits(int miners, int dashboard) {
    private static final int MOST_FOR_DASHBOARD = 256;
    private static final int DASHBOARD_SHARE = 8;

    /** For accepting what is closed at once, rotating logs, reading certificates, loading classes. */
    private static final int SPARE = 24;

    /** A poll hangs beside its successors, and each attempt may have just opened a second connection. */
    private static final int UPSTREAM_SHARE = 2;

    /**
     * Divides what there is.
     *
     * @param configured for miners, at most
     * @param descriptors when all is open but the ports; empty where they are not counted
     * @param maxInFlight connections to the upstream
     */
    static ConnectionLimits of(int configured, Optional<Descriptors> descriptors, int maxInFlight) {
        if (descriptors.isEmpty()) {
            return new ConnectionLimits(configured, MOST_FOR_DASHBOARD);
        }
        long taken = descriptors.get().open() + SPARE + (long) UPSTREAM_SHARE * Math.min(maxInFlight, 64);
        long free = Math.max(2, descriptors.get().max() - taken);
        long dashboard = Math.max(1, Math.min(MOST_FOR_DASHBOARD, free / DASHBOARD_SHARE));
        return new ConnectionLimits((int) Math.min(configured, Math.max(1, free - dashboard)), (int) dashboard);
    }
}
