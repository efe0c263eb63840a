package org.pocx.aggregator.core.testkit;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The threads of this JVM at some moment, virtual ones of executors too, to compare with what is left when something was
 * closed. Immutable.
 */
public final class Threads {
    private static final Pattern LINE = Pattern.compile("^#(\\d+) \"([^\"]*)\"", Pattern.MULTILINE);

    /** What the JVM and its libraries keep for all programs in it, once somebody has needed it. */
    private static final Pattern SHARED =
            Pattern.compile("ForkJoinPool.*|VirtualThread-unblocker|VirtualThread-unparker"
                    + "|.*-Poller|Read-Updater.*|Write-Updater.*|Common-Cleaner|Cleaner-.*|CompletableFutureDelayScheduler|Keep-Alive-.*"
                    + "|Attach Listener|Signal Dispatcher|process reaper.*|C[12] CompilerThread.*|SQLite.*|Java2D.*|surefire.*|junit.*");

    private final Map<Long, String> names;

    private Threads(Map<Long, String> names) {
        this.names = Map.copyOf(names);
    }

    /** The threads that are alive now. */
    public static Threads now() {
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            Path folder = Files.createTempDirectory("threads");
            Path dump = folder.resolve("dump.txt");
            try {
                jvm.dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
                return read(Files.readString(dump));
            } finally {
                Files.deleteIfExists(dump);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Threads read(String dump) {
        Map<Long, String> names = new HashMap<>();
        Matcher line = LINE.matcher(dump);
        while (line.find()) {
            names.put(Long.parseLong(line.group(1)), line.group(2));
        }
        return new Threads(names);
    }

    /** Returns when each thread that has begun since has ended; fails with their names when some live on for 60 s. */
    public void awaitNoOthers() {
        List<String> others = new ArrayList<>();
        try {
            Await.until("threads end", () -> {
                others.clear();
                others.addAll(now().since(this));
                return others.isEmpty();
            });
        } catch (AssertionError late) {
            throw new AssertionError("threads that live on: " + others, late);
        }
    }

    private List<String> since(Threads earlier) {
        return names.entrySet().stream()
                .filter(thread -> !earlier.names.containsKey(thread.getKey()))
                .map(thread -> thread.getValue().isEmpty() ? "#" + thread.getKey() : thread.getValue())
                .filter(name -> !SHARED.matcher(name).matches())
                .toList();
    }
}
