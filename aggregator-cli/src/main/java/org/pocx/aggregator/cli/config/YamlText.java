package org.pocx.aggregator.cli.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes keys in their sections as YAML. */
final class YamlText {
    private static final String INDENT = "  ";
    private static final int LINE_SEPARATOR = 0x2028; // This one and the next end a line in YAML 1.1.
    private static final int PARAGRAPH_SEPARATOR = 0x2029;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final List<Entry> entries;
    private final Set<String> begun = new HashSet<>();
    private final StringBuilder text = new StringBuilder();

    /**
     * A line to write.
     *
     * @param value in YAML syntax; a map has an empty first line, and a line for each of its keys
     * @param comment the comment above it, or empty
     * @param active false for a line that is commented out
     */
    record Entry(Key<?> key, String value, String comment, boolean active) {}

    private YamlText(List<Entry> entries) {
        this.entries = entries;
    }

    static String render(List<Entry> entries) {
        YamlText yaml = new YamlText(entries);
        entries.forEach(yaml::add);
        return yaml.text.toString();
    }

    /** Returns the text in YAML's double quotes, with escapes. */
    static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (mustBeEscaped(c)) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    /** Characters that YAML does not allow, or that end a line in YAML 1.1. All have four hexadecimal digits. */
    private static boolean mustBeEscaped(int c) {
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return Character.isISOControl(c)
                || c == LINE_SEPARATOR
                || c == PARAGRAPH_SEPARATOR
                || c == BYTE_ORDER_MARK
                || surrogate
                || (c >= 0xFFFE && c <= 0xFFFF);
    }

    private void add(Entry entry) {
        List<String> sections = ConfigKeys.sectionsOf(entry.key);
        for (int depth = 0; depth < sections.size(); depth++) {
            if (begun.add(sections.get(depth))) {
                String name = sections.get(depth).substring(sections.get(depth).lastIndexOf('.') + 1);
                line(sections.subList(0, depth), isActive(sections.get(depth)), name + ":");
            }
        }
        if (!entry.comment.isEmpty()) {
            line(sections, entry.active || isActive(entry.key.section()), "# " + entry.comment);
        }
        List<String> lines = entry.value.lines().toList();
        line(sections, entry.active, (entry.key.name() + ": " + lines.getFirst()).strip());
        lines.stream().skip(1).forEach(more -> line(sections, entry.active, INDENT + more));
    }

    /** The comment sign is at the indentation of the innermost active section, so that it can simply be removed. */
    private void line(List<String> sections, boolean active, String content) {
        int outer = (int) sections.stream().filter(this::isActive).count();
        text.append(INDENT.repeat(outer)).append(active ? "" : "# ");
        text.append(INDENT.repeat(sections.size() - outer)).append(content).append('\n');
    }

    private boolean isActive(String section) {
        return entries.stream().anyMatch(entry -> entry.active && ConfigKeys.sectionsOf(entry.key).contains(section));
    }
}
