package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameters;
import com.beust.jcommander.ParametersDelegate;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.pocx.aggregator.cli.config.SampleConfig;

/** {@code init}: writes a configuration that explains itself. Never over a file that is there. */
@Parameters
final class InitCommand implements OptionedCommand {
    @ParametersDelegate private final CommonOptions options = new CommonOptions();

    @Override
    public CommonOptions options() {
        return options;
    }

    @Override
    public int run(Terminal terminal) {
        String name = options.config();
        try {
            Files.writeString(terminal.directory().resolve(name), SampleConfig.text(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new StartException(name + " is there already, and stays as it is; -c FILE names another one");
        } catch (IOException e) {
            throw new StartException(name + " cannot be written: " + e);
        }
        terminal.out().println("Wrote " + name + ". Next: set upstream.url in it, then \"pocx-aggregator check -c "
                + name + "\", then \"pocx-aggregator -c " + name + "\".");
        return 0;
    }
}
