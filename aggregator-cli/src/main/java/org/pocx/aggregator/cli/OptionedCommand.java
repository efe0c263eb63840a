package org.pocx.aggregator.cli;

import com.beust.jcommander.ParametersDelegate;

/** A command with the common options. */
abstract class OptionedCommand implements Command {
    @ParametersDelegate private final CommonOptions options = new CommonOptions();

    final CommonOptions options() {
        return options;
    }
}
