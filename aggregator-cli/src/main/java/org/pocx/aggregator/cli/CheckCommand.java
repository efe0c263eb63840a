package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameters;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.config.EffectiveConfig;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.protocol.tls.ReloadingHttpsConfigurator;
import org.pocx.aggregator.protocol.tls.TlsException;
import org.pocx.aggregator.protocol.tls.TlsFiles;

/**
 * {@code check}: validates the configuration and its TLS files, and prints the effective configuration with masked secrets.
 * With several upstreams, it asks each for mining info; it logs in to a PostgreSQL database. Starts nothing.
 */
@Parameters
final class CheckCommand extends OptionedCommand {
    @Override
    public int run(Terminal terminal) {
        Settings settings = ConfigFile.read(options().config(), terminal.directory(), terminal.environment());
        settings.warnings().forEach(warning -> terminal.err().println("Warning: " + warning));
        settings.server().tls().ifPresent(files -> check("the miner port", files));
        settings.dashboard().flatMap(Settings.Dashboard::tls).ifPresent(files -> check("the dashboard", files));
        if (!settings.upstream().backups().isEmpty()) {
            UpstreamCheck.lines(settings.upstream())
                    .forEach(line -> terminal.out().println("# " + encodable(line, terminal.out().charset())));
        }
        settings.database()
                .server()
                .ifPresent(server -> terminal.out().println("# "
                        + encodable(ConfiguredDatabase.check(settings, server), terminal.out().charset())));
        terminal.out().println("# " + options().config() + " is valid. The effective configuration:");
        terminal.out().print(encodable(EffectiveConfig.text(settings), terminal.out().charset()));
        return 0;
    }

    /** Replaces letters that the console cannot show by YAML's escapes. Such letters occur only in quotes. */
    private static String encodable(String text, Charset charset) {
        CharsetEncoder encoder = charset.newEncoder();
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .mapToObj(Character::toString)
                .forEach(c -> shown.append(encoder.canEncode(c) ? c : String.format("\\U%08x", c.codePointAt(0))));
        return shown.toString();
    }

    private static void check(String purpose, TlsFiles files) {
        try {
            ReloadingHttpsConfigurator.check(files);
        } catch (TlsException unusable) {
            throw new StartException("No TLS for " + purpose + ": " + unusable.getMessage());
        }
    }
}
