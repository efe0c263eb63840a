package org.pocx.aggregator.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * Files and sockets of this process.
 *
 * @param max that it may have open at once
 * @param open that it has open
 */
record Descriptors(long max, long open) {

    /** Empty where the system does not count them. */
    static Optional<Descriptors> ofProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? Optional.of(new Descriptors(
                        system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount()))
                : Optional.empty();
    }
}
