package org.pocx.aggregator.cli;

import com.beust.jcommander.IStringConverter;
import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.config.LogLevel;

/** The options that are allowed before and after the name of every command. The parser fills it, on one thread. */
final class CommonOptions {
    @Parameter(names = {"-c", "--config"}) private @Nullable String config;

    @Parameter(names = "--log-level", converter = LevelConverter.class) private @Nullable LogLevel logLevel;

    @Parameter(names = {"-h", "--help"}) private boolean help;

    /** Uses the options before the command where none is given after it. */
    void inherit(CommonOptions before) {
        config = config == null ? before.config : config;
        help |= before.help;
        logLevel = logLevel == null ? before.logLevel : logLevel;
    }

    String config() {
        String named = config;
        return named == null ? ConfigFile.DEFAULT_NAME : named;
    }

    Optional<LogLevel> logLevel() {
        return Optional.ofNullable(logLevel);
    }

    boolean help() {
        return help;
    }

    /** Converts the name of a level. */
    public static final class LevelConverter implements IStringConverter<LogLevel> {
        @Override
        public LogLevel convert(String text) {
            return Arrays.stream(LogLevel.values())
                    .filter(level -> level.text().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException("--log-level must be one of "
                            + Arrays.stream(LogLevel.values())
                                    .map(LogLevel::text)
                                    .collect(Collectors.joining(", "))));
        }
    }
}
