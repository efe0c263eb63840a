package org.pocx.aggregator.cli;

/** {@code --version}: prints the version of the program and of Java. */
final class VersionCommand implements Command {
    @Override
    public int run(Terminal terminal) {
        terminal.out().println("pocx-aggregator " + version() + " (Java " + Runtime.version() + ")");
        return 0;
    }

    /** Returns the version in the manifest of the jar; classes outside a jar have none. */
    static String version() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }
}
