package org.pocx.aggregator.cli.config;

/**
 * A key of the configuration file.
 *
 * @param path the names of its sections and its own, joined by dots
 * @param type the values that it accepts
 * @param fallback its default as it would stand in the file, or a description where it depends on other keys
 * @param kind how it is shown
 * @param doc one sentence for the operator
 */
record Key<T>(String path, ValueType<T> type, String fallback, Kind kind, String doc) {

    enum Kind {
        /** Written by {@code init}. */
        COMMON,
        /** Written by {@code init} as a comment. */
        OPTIONAL,
        /** Another form of another key; {@code init} leaves it out. */
        OTHER_FORM,
        /** Optional, and its value is never shown. */
        SECRET
    }

    boolean secret() {
        return kind == Kind.SECRET;
    }

    String name() {
        return nameOf(path);
    }

    /** Returns the path of its section; empty at the top. */
    String section() {
        return sectionOf(path);
    }

    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    static String sectionOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }
}
