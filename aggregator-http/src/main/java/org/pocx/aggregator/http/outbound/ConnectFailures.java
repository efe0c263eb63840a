package org.pocx.aggregator.http.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.List;

/** Describes why no address of a host accepted a connection. */
final class ConnectFailures {
    private ConnectFailures() {}

    /**
     * Returns the failure of a host.
     *
     * @param failures those of its addresses that failed; addresses without one did not answer
     * @param addresses the number of addresses
     */
    static DialFailure of(List<IOException> failures, int addresses, DialDeadline deadline) {
        String tried = addresses == 1 ? "" : " (" + addresses + " addresses)";
        // An address that this machine cannot reach, for example by IPv6, tells nothing about the host.
        if (failures.stream().anyMatch(ConnectException.class::isInstance)) {
            return DialFailure.refused("cannot connect: connection refused" + tried);
        }
        boolean unanswered = failures.size() < addresses
                || failures.stream().anyMatch(SocketTimeoutException.class::isInstance);
        return unanswered
                ? DialFailure.timedOut("no connection within " + deadline.limit().toMillis() + " ms" + tried)
                : DialFailure.of("cannot connect: " + VisibleText.of(failures.getLast()) + tried);
    }
}
