package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The shell commands of a document, block by block, as they stand there but for the ports. {@code pocx-aggregator} is the
 * launcher.
 */
final class DocCommands {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    private final List<String> blocks;
    private final Path bin;

    /** @param scratch a folder for the link to the launcher */
    DocCommands(String document, Path scratch) throws IOException {
        String text = Files.readString(Path.of("..", "docs", document));
        blocks = BLOCK.matcher(text).results().map(match -> match.group(1)).toList();
        bin = Files.createDirectory(scratch.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("pocx-aggregator"), Path.of("..", "pocx-aggregator").toRealPath());
    }

    /** The only block that holds these words. */
    String block(String words) {
        assertThat(blocks).filteredOn(block -> block.contains(words)).hasSize(1);
        return blocks.stream().filter(block -> block.contains(words)).findFirst().orElseThrow();
    }

    /** What runs these commands in a folder, and ends at the first that fails. */
    ProcessBuilder prepare(Path folder, String commands) {
        ProcessBuilder builder = new ProcessBuilder("sh", "-eu", "-c", commands).directory(folder.toFile());
        Surroundings.removeSettings(builder);
        builder.environment().merge("PATH", bin.toString(), (path, ours) -> ours + ":" + path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("POCX_NO_BUILD", "1"); // it would find the jar that these tests are about
        return builder.redirectErrorStream(true);
    }

    /** Runs these commands in a folder; returns what they print. */
    String run(Path folder, String commands) throws Exception {
        Path output = Files.createTempFile(bin, "output", ".txt");
        Process process = prepare(folder, commands).redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(300, TimeUnit.SECONDS);
        process.destroyForcibly();
        String printed = Files.readString(output);
        assertThat(ended && process.exitValue() == 0).as("%s printed: %s", commands, printed).isTrue();
        return printed;
    }
}
