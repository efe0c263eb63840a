package org.pocx.aggregator.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * The numbers of files and sockets of this process.
 *
 * @param max the maximum number that may be open
 * @param open the number that is open
 */
record FileDescriptors(long max, long open) {

    /** Returns the current numbers; empty if the system does not count them. */
    static Optional<FileDescriptors> ofProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? Optional.of(new FileDescriptors(
                        system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount()))
                : Optional.empty();
    }
}
