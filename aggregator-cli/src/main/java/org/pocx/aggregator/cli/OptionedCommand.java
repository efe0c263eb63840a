package org.pocx.aggregator.cli;

/** A command that takes the common options. */
interface OptionedCommand extends Command {

    CommonOptions options();
}
