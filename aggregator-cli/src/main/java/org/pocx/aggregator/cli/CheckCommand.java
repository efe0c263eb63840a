package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameters;
import com.beust.jcommander.ParametersDelegate;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.config.EffectiveConfig;
import org.pocx.aggregator.cli.config.Settings;

/** {@code check}: validates the configuration and shows what it comes to, without secrets. Starts nothing. */
@Parameters
final class CheckCommand implements OptionedCommand {
    @ParametersDelegate private final CommonOptions options = new CommonOptions();

    @Override
    public CommonOptions options() {
        return options;
    }

    @Override
    public int run(Terminal terminal) {
        Settings settings = ConfigFile.read(options.config(), terminal.directory(), terminal.environment());
        settings.warnings().forEach(warning -> terminal.err().println("Warning: " + warning));
        terminal.out().println("# " + options.config() + " is valid. It comes to:");
        terminal.out().print(EffectiveConfig.text(settings));
        return 0;
    }
}
