package org.pocx.aggregator.cli;

import java.util.Optional;

/**
 * The maximum number of open connections of each port. It leaves enough descriptors for the database, the log and the
 * upstream.
 *
 * @param miners at least 1
 * @param dashboard at least 1
 */
record ConnectionLimits(int miners, int dashboard) {
    private static final int MOST_FOR_DASHBOARD = 256;
    private static final int DASHBOARD_SHARE = 8;

    /** For connections that are closed at once, log rotation, certificates and class loading. */
    private static final int SPARE = 24;

    /** A connection through a proxy, or to a host with a name, takes three: those of the relay are on both of its sides. */
    private static final int UPSTREAM_SHARE = 3;

    /**
     * Divides the available descriptors.
     *
     * @param configured the configured maximum for miners
     * @param descriptors the descriptors when everything except the ports is open; empty if the system does not count them
     * @param maxInFlight connections to the upstream
     */
    static ConnectionLimits of(int configured, Optional<FileDescriptors> descriptors, int maxInFlight) {
        if (descriptors.isEmpty()) {
            return new ConnectionLimits(configured, MOST_FOR_DASHBOARD);
        }
        long taken = descriptors.get().open() + SPARE + (long) UPSTREAM_SHARE * Math.min(maxInFlight, 64);
        long free = Math.max(2, descriptors.get().max() - taken);
        long dashboard = Math.max(1, Math.min(MOST_FOR_DASHBOARD, free / DASHBOARD_SHARE));
        return new ConnectionLimits((int) Math.min(configured, Math.max(1, free - dashboard)), (int) dashboard);
    }
}
