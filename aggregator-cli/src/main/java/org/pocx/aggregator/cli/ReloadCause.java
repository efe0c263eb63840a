package org.pocx.aggregator.cli;

/** What requested a reload, with its name in the log. */
enum ReloadCause {
    SIGHUP("SIGHUP"),
    COMMAND("command reload");

    private final String shown;

    ReloadCause(String shown) {
        this.shown = shown;
    }

    @Override
    public String toString() {
        return shown;
    }
}
