package org.pocx.aggregator.statistics.detection;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.statistics.finding.BaselineSource;

/**
 * The state of a detector as one line of words {@code name=value}. A version that adds a value writes another name; names
 * that are not known are ignored, and values that are missing are those of a new detector.
 */
final class StateText {
    private static final String VERSION = "1";

    private StateText() {}

    /** What a {@link MachineWatch} has to remember. */
    record Parts(CapacityDetector.State detector, int[] scanTimes, Instant hour, Exposure hourTally) {}

    static String of(Parts parts) {
        CapacityDetector.State state = parts.detector();
        Map<String, String> words = new LinkedHashMap<>();
        words.put("v", VERSION);
        words.put("configured", Double.toString(state.configuredTib()));
        words.put("learned", state.learned().text());
        words.put("recent", state.recent().text());
        put(words, "half", state.half());
        put(words, "quarter", state.quarter());
        @Nullable OpenDrop drop = state.drop();
        if (drop != null) {
            words.put("loss", drop.loss().name());
            words.put("since", drop.since().toString());
            words.put("baseline", Double.toString(drop.baselineTib()));
            words.put("source", drop.source().name());
            words.put("measured", drop.measured().text());
            put(words, "restored", drop.restored());
        }
        words.put("scans",
                Arrays.stream(parts.scanTimes()).mapToObj(Integer::toString).collect(Collectors.joining(",")));
        words.put("hour", parts.hour().toString());
        words.put("tally", parts.hourTally().text());
        return words.entrySet().stream()
                .map(word -> word.getKey() + "=" + word.getValue())
                .collect(Collectors.joining(" "));
    }

    private static void put(Map<String, String> words, String name, CusumSum sum) {
        if (sum.since() != null) {
            words.put(name, Double.toString(sum.value()));
            words.put(name + "Since", sum.since().toString());
            words.put(name + "Run", sum.run().text());
        }
    }

    /**
     * Reads a line.
     *
     * @throws RuntimeException if it is not a line of this version
     */
    static Parts parse(String line) {
        Map<String, String> words = new HashMap<>();
        for (String word : line.split(" ", -1)) {
            int equals = word.indexOf('=');
            words.put(word.substring(0, equals), word.substring(equals + 1));
        }
        if (!VERSION.equals(words.get("v"))) {
            throw new IllegalArgumentException("the state of a detector has another version: " + words.get("v"));
        }
        CapacityDetector.State state = new CapacityDetector.State(
                Double.parseDouble(words.getOrDefault("configured", "NaN")),
                exposure(words, "learned"),
                exposure(words, "recent"),
                sum(words, "half"),
                sum(words, "quarter"),
                words.containsKey("loss") ? drop(words) : null);
        return new Parts(
                state,
                times(words.getOrDefault("scans", "")),
                Instant.parse(words.getOrDefault("hour", "1970-01-01T00:00:00Z")),
                exposure(words, "tally"));
    }

    private static Exposure exposure(Map<String, String> words, String name) {
        String text = words.get(name);
        return text == null ? Exposure.NONE : Exposure.of(text);
    }

    private static CusumSum sum(Map<String, String> words, String name) {
        String since = words.get(name + "Since");
        return since == null
                ? CusumSum.ZERO
                : new CusumSum(
                        Double.parseDouble(words.getOrDefault(name, "0")),
                        Instant.parse(since),
                        exposure(words, name + "Run"));
    }

    private static OpenDrop drop(Map<String, String> words) {
        return new OpenDrop(
                Instant.parse(words.getOrDefault("since", "")),
                Double.parseDouble(words.getOrDefault("baseline", "")),
                BaselineSource.valueOf(words.getOrDefault("source", "")),
                CapacityLoss.valueOf(words.getOrDefault("loss", "")),
                exposure(words, "measured"),
                sum(words, "restored"));
    }

    private static int[] times(String text) {
        return text.isEmpty()
                ? new int[0]
                : Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    }
}
