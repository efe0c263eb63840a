package org.pocx.aggregator.dashboard.metrics;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the names of metrics in an expression of Prometheus' query language. */
final class PromQl {
    private static final Pattern NO_METRICS = Pattern.compile(
            "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*(?!\\s*\\(|[\\w:])");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "by", "inf", "nan");

    private PromQl() {}

    static Set<String> metrics(String expression) {
        String bare = expression;
        for (String less = strip(bare); !less.equals(bare); less = strip(bare)) {
            bare = less;
        }
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(bare);
        while (name.find()) {
            if (!WORDS.contains(name.group())) {
                names.add(name.group());
            }
        }
        return names;
    }

    private static String strip(String expression) {
        return NO_METRICS.matcher(expression).replaceAll(" ");
    }
}
