package org.pocx.aggregator.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** Reads the configuration file, in both forms of the other aggregator and with the keys of this one. */
public final class ConfigFile {
    /** The default file, in the working directory. */
    public static final String DEFAULT_NAME = "aggregator_config.yaml";

    private static final int MAX_BYTES = 256 * 1024;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ConfigFile() {}

    /**
     * Reads a file.
     *
     * @param name the path of the file; a relative path starts at the directory
     * @param directory the working directory, where relative paths in the file start as well
     * @param environment the environment variables, for {@code ${NAME}} in values, and for proxies
     * @throws ConfigException when the file cannot be read or anything in it is wrong
     */
    public static Settings read(String name, Path directory, Map<String, String> environment) {
        return parse(name, text(name, directory), directory, environment);
    }

    static Settings parse(String name, String yaml, Path directory, Map<String, String> environment) {
        Problems problems = new Problems(name);
        RawConfig raw = YamlReader.read(name, yaml, problems);
        Variables variables = new Variables(environment);
        return new SettingsReader(
                new TypedValues(raw, variables, problems),
                new NamedMaps(raw, variables, problems),
                problems,
                directory,
                new ProxyEnvironment(environment))
                .read();
    }

    /**
     * Reads the path of the database only, whatever else is wrong in the file: for commands to the running program, which
     * was perhaps started with other environment variables.
     *
     * @throws ConfigException when the file cannot be read or is not YAML
     */
    public static Path database(String name, Path directory, Map<String, String> environment) {
        return DatabaseLocation.in(YamlTree.parse(name, text(name, directory)), directory, environment);
    }

    private static String text(String name, Path directory) {
        try (InputStream in = Files.newInputStream(directory.resolve(name))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ConfigException(name + " is larger than " + MAX_BYTES / 1024 + " KiB: not a configuration");
            }
            String text = decode(name, bytes);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new ConfigException("There is no configuration file " + name + "." + System.lineSeparator()
                    + "\"pocx-aggregator init\" writes one, \"pocx-aggregator demo\" shows the program without one.");
        } catch (IOException e) {
            throw new ConfigException(name + " cannot be read: " + FileErrors.reason(directory.resolve(name), e));
        } catch (InvalidPathException e) {
            throw new ConfigException(name + " cannot be read: " + e.getMessage());
        }
    }

    private static String decode(String name, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
            long line = 1 + out.flip().chars().filter(c -> c == '\n').count();
            throw new ConfigException(name + ":" + line + ": not YAML: not UTF-8 text");
        }
        return out.flip().toString();
    }
}
