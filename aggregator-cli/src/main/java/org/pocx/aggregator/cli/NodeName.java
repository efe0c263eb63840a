package org.pocx.aggregator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The name of this machine. It is not looked up in the network, which could take long. */
final class NodeName {
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

    private NodeName() {}

    static String of(Map<String, String> environment) {
        try {
            String name = Files.readString(LINUX).strip();
            if (!name.isEmpty()) {
                return name;
            }
        } catch (IOException notLinux) {
            // The environment tells.
        }
        return environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", "localhost"));
    }
}
