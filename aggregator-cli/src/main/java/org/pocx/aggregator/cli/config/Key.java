package org.pocx.aggregator.cli.config;

/**
 * A key of the configuration file.
 *
 * @param path its names from the top of the file, joined by dots
 * @param type what it takes
 * @param fallback its default as it would stand in the file, or words where the default follows from other keys
 * @param kind how it is shown
 * @param doc one sentence for the operator
 */
record Key<T>(String path, ValueType<T> type, String fallback, Kind kind, String doc) {

    enum Kind {
        /** Written out by {@code init}. */
        COMMON,
        /** Written by {@code init} as a comment. */
        OPTIONAL,
        /** Another way to say what another key says; {@code init} leaves it out. */
        OTHER_FORM,
        /** Optional, and its value is never shown. */
        SECRET
    }

    boolean secret() {
        return kind == Kind.SECRET;
    }

    /** The last of its names. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The path of the section that it is in; empty at the top. */
    String section() {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }
}
