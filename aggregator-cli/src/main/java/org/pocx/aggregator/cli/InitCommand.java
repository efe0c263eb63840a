package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.pocx.aggregator.cli.config.FileErrors;
import org.pocx.aggregator.cli.config.SampleConfig;

/** {@code init}: writes a commented configuration. Never overwrites a file. */
@Parameters
final class InitCommand extends OptionedCommand {
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");

    @Override
    public int run(Terminal terminal) {
        String name = options().config();
        try {
            write(terminal.directory().resolve(name), SampleConfig.text());
        } catch (FileAlreadyExistsException e) {
            throw new StartException(name + " exists already and was not changed; choose another file with -c FILE");
        } catch (IOException e) {
            throw new StartException(
                    name + " cannot be written: " + FileErrors.reason(terminal.directory().resolve(name), e));
        } catch (InvalidPathException e) {
            throw new StartException("the name after -c is not a valid file name");
        }
        terminal.out().println("Wrote " + name + ". Next: set upstream.url in it, then run \"pocx-aggregator check -c "
                + name + "\", then \"pocx-aggregator -c " + name + "\".");
        return 0;
    }

    /** Makes the file readable by its owner only, if the file system supports it: it will contain secrets. */
    private static void write(Path file, String text) throws IOException {
        boolean owned = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = owned
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ALONE)}
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(file, options, attributes))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
