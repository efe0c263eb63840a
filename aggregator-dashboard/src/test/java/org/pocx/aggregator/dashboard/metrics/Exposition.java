package org.pocx.aggregator.dashboard.metrics;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parsed scrape.
 *
 * @param samples value by name and labels, as written in the text
 * @param types type by the metric's name
 * @param helps help by the metric's name
 */
record Exposition(Map<String, Double> samples, Map<String, String> types, Map<String, String> helps) {
    private static final Pattern COMMENT = Pattern.compile("# (TYPE|HELP) (\\S+) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+(?:\\{.*})?) (\\S+)");

    static Exposition of(byte[] scrape) {
        Exposition exposition = new Exposition(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        new String(scrape, StandardCharsets.UTF_8).lines().forEach(exposition::add);
        return exposition;
    }

    private void add(String line) {
        Matcher comment = COMMENT.matcher(line);
        if (comment.matches()) {
            (comment.group(1).equals("TYPE") ? types : helps).put(comment.group(2), comment.group(3));
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("not of the text format: " + line);
        }
        samples.put(sample.group(1), Double.valueOf(sample.group(2)));
    }

    @Nullable
    Double value(String sample) {
        return samples.get(sample);
    }

    /** The names of the samples, those of histograms with their suffixes. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        samples.keySet().forEach(sample -> names.add(sample.replaceFirst("\\{.*", "")));
        return names;
    }
}
