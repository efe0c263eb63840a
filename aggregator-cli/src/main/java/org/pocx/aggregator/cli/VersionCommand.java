package org.pocx.aggregator.cli;

/** {@code --version}: which program this is, and on what it runs. */
final class VersionCommand implements Command {
    @Override
    public int run(Terminal terminal) {
        terminal.out().println("pocx-aggregator " + version() + " (Java " + Runtime.version() + ")");
        return 0;
    }

    /** The version, as the jar's manifest has it; classes that come from no jar have none. */
    static String version() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }
}
