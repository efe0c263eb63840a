package org.pocx.aggregator.cli;

import com.beust.jcommander.ParametersDelegate;

/** A command that takes the common options. */
abstract class OptionedCommand implements Command {
    @ParametersDelegate private final CommonOptions options = new CommonOptions();

    final CommonOptions options() {
        return options;
    }
}
