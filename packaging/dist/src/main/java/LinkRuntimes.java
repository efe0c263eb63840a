import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.spi.ToolProvider;

/**
 * Links a Java runtime for each platform that a JDK is named for, and writes the descriptor of its archive. A program of its
 * own for Maven's build; see docs/installing.md.
 *
 * <p>Arguments: the modules, the template of the descriptors, the folder for the results, the platform of this machine, then
 * PLATFORM=JDK, where JDK may be empty.
 */
final class LinkRuntimes {
    private final String modules;
    private final String template;
    private final Path results;
    private final String here;

    private LinkRuntimes(String modules, Path template, Path results, String here) throws IOException {
        this.modules = modules;
        this.template = Files.readString(template);
        this.results = Files.createDirectories(results);
        this.here = here;
    }

    public static void main(String[] args) throws Exception {
        LinkRuntimes linker = new LinkRuntimes(args[0], Path.of(args[1]), Path.of(args[2]), args[3]);
        // The runtime of this machine was linked by Maven, as the other packages need it, too.
        linker.describe(args[3], linker.results.resolveSibling("runtime"));
        for (String wanted : List.of(args).subList(4, args.length)) {
            String[] parts = wanted.split("=", 2);
            if (!parts[1].isEmpty()) {
                linker.link(parts[0], Path.of(parts[1]));
            }
        }
    }

    private void link(String platform, Path jdk) throws IOException, InterruptedException {
        requirePlatform(platform, jdk);
        Path runtime = results.resolve(platform).resolve("runtime");
        Files.createDirectories(runtime.getParent());
        List<String> options = new ArrayList<>(List.of(
                "--add-modules", modules,
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output", runtime.toString()));
        int status = platform.equals(here) ? ownLinker(jdk, options) : foreignModules(platform, jdk, options);
        if (status != 0) {
            throw refused(platform, jdk, "jlink cannot link it, see above");
        }
        describe(platform, runtime);
    }

    private static int ownLinker(Path jdk, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(options);
        command.addFirst(jdk.resolve("bin").resolve("jlink").toString());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static int foreignModules(String platform, Path jdk, List<String> options) throws IOException {
        requireVersion(platform, jdk);
        Path jmods = jdk.resolve("jmods");
        if (!Files.exists(jmods.resolve("java.base.jmod"))) {
            throw refused(platform, jdk, "it has no folder jmods, as most JDKs from version 24 on: unpack the JMODs of the"
                    + " same version there (Adoptium has them as a download of their own), or build on that platform");
        }
        options.addAll(0, List.of("--module-path", jmods.toString()));
        return ToolProvider.findFirst("jlink").orElseThrow().run(System.out, System.err, options.toArray(String[]::new));
    }

    private static void requirePlatform(String platform, Path jdk) throws IOException {
        String release = release(platform, jdk);
        String found = system(valueOf(release, "OS_NAME")) + "-" + processor(valueOf(release, "OS_ARCH"));
        if (!found.equals(platform)) {
            throw refused(platform, jdk, "it is one for " + found);
        }
    }

    /** Checks that jlink of the build can read the modules: it must be of their version. */
    private static void requireVersion(String platform, Path jdk) throws IOException {
        String version = valueOf(release(platform, jdk), "JAVA_VERSION");
        if (!version.split("[^0-9]")[0].equals(Integer.toString(Runtime.version().feature()))) {
            throw refused(platform, jdk, "it has the version " + version + ", and the JDK of the build has "
                    + Runtime.version() + ": they must be of the same major version");
        }
    }

    private static String release(String platform, Path jdk) {
        try {
            return Files.readString(jdk.resolve("release"));
        } catch (IOException e) {
            throw refused(platform, jdk, "it has no file \"release\": is it the folder of a JDK?");
        }
    }

    private static String valueOf(String release, String key) {
        return release.lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1).replace("\"", ""))
                .findFirst()
                .orElse("?");
    }

    private static String system(String name) {
        return switch (name) {
            case "Darwin" -> "macos";
            default -> name.toLowerCase(Locale.ROOT);
        };
    }

    private static String processor(String name) {
        return switch (name) {
            case "x86_64", "amd64" -> "x64";
            default -> name;
        };
    }

    /** Writes the descriptor for Maven's assembly plugin. */
    private void describe(String platform, Path runtime) throws IOException {
        boolean windows = platform.startsWith("windows-");
        String services = windows ? "windows" : platform.startsWith("macos-") ? "launchd" : "systemd";
        List<String> launchers = new ArrayList<>(List.of("pocx-aggregator"));
        if (windows) {
            launchers.add("pocx-aggregator.cmd");
        }
        StringBuilder files = new StringBuilder();
        launchers.forEach(launcher -> files.append("<file><source>../../")
                .append(launcher)
                .append("</source><fileMode>0755</fileMode></file>"));
        Files.writeString(
                results.resolve(platform + ".xml"),
                template.replace("@platform@", platform)
                        .replace("@format@", windows ? "zip" : "tar.gz")
                        .replace("@runtime@", runtime.toString().replace('\\', '/'))
                        .replace("@services@", services)
                        .replace("@launchers@", files));
    }

    private static IllegalArgumentException refused(String platform, Path jdk, String reason) {
        return new IllegalArgumentException("-Djdk." + platform + "=" + jdk + ": " + reason);
    }
}
