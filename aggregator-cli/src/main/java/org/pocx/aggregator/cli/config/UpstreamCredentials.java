package org.pocx.aggregator.cli.config;

import java.nio.file.Path;

/** The way to log in at the upstream. */
public sealed interface UpstreamCredentials {

    /** No login. */
    record None() implements UpstreamCredentials {}

    /** {@code Authorization: Bearer TOKEN}. */
    record Bearer(Secret token) implements UpstreamCredentials {}

    /** HTTP Basic. */
    record UserPassword(String user, Secret password) implements UpstreamCredentials {}

    /** HTTP Basic with the credentials that a node writes into a file at each start. */
    record CookieFile(Path path) implements UpstreamCredentials {}
}
