package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at the running program from outside: its process, its heap, its database. For one thread. */
final class SoakProbe {
    private static final Pattern HISTOGRAM_LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

    private static final String ESTABLISHED = "01";

    private final ChildProgram program;
    private final Path database;
    private final ToLongFunction<String> metrics;
    private final long begun = System.nanoTime();

    /** @param metrics the last known value of a metric without labels */
    SoakProbe(ChildProgram program, Path database, ToLongFunction<String> metrics) {
        this.program = program;
        this.database = database;
        this.metrics = metrics;
    }

    /** What it has open, by the names that the system has for it: a path, or {@code socket:[inode]}. */
    List<String> descriptors() {
        try (Stream<Path> all = Files.list(process().resolve("fd"))) {
            return all.flatMap(SoakProbe::opened).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> opened(Path descriptor) {
        try {
            return Stream.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
            return Stream.of(); // closed meanwhile
        }
    }

    /** The names of all connections of this computer that are up at both ends. */
    private static Set<String> connections() throws IOException {
        Set<String> names = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.trim().split("\\s+");
                if (fields[3].equals(ESTABLISHED)) {
                    names.add("socket:[" + fields[9] + "]");
                }
            }
        }
        return names;
    }

    private Path process() {
        return Path.of("/proc", Long.toString(program.pid()));
    }

    SoakSample look() throws Exception {
        String status = Files.readString(process().resolve("status"));
        List<String> open = descriptors();
        Set<String> connections = connections();
        long log = size(Path.of(database + "-wal"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            long pages = number(connection, "PRAGMA page_count") - number(connection, "PRAGMA freelist_count");
            return new SoakSample(
                    (System.nanoTime() - begun) / 1_000_000_000,
                    heapByClass().values().stream().mapToLong(Long::longValue).sum(),
                    field(status, "VmRSS") * 1024,
                    field(status, "Threads"),
                    open.size(),
                    open.stream().filter(name -> !connections.contains(name)).count(),
                    size(database) + log,
                    log,
                    pages * number(connection, "PRAGMA page_size"),
                    number(connection, "SELECT count(*) FROM pocx_outbox"),
                    metrics.applyAsLong("pocx_machines_known"),
                    metrics.applyAsLong("pocx_accounts_known"),
                    Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]));
        }
    }

    /** Bytes of the objects that are alive: the JVM collects before it counts. What fills gaps between them is none. */
    Map<String, Long> heapByClass() throws Exception {
        Process jcmd = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(program.pid()),
                "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(histogram).isZero();
        Map<String, Long> bytes = new TreeMap<>();
        histogram.lines().map(HISTOGRAM_LINE::matcher).filter(Matcher::matches)
                .filter(line -> !line.group(2).contains("jdk.internal.vm.Filler")).forEach(line -> bytes.merge(
                        line.group(2), Long.parseLong(line.group(1)), Long::sum));
        assertThat(bytes).as(histogram).isNotEmpty();
        return bytes;
    }

    private static long field(String status, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + ":\\s+(\\d+)").matcher(status);
        assertThat(line.find()).as(name).isTrue();
        return Long.parseLong(line.group(1));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            return found.getLong(1);
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
