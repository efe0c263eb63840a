package org.pocx.aggregator.core.upstream;

import java.util.Objects;

/**
 * One of several upstreams.
 *
 * @param name for people, unique among the upstreams; not empty
 * @param id under which its verdicts are stored: the same for the same pool or node and user in each process, and another one
 *     for every other; not empty
 * @param port the upstream itself; the aggregator closes it
 */
public record NamedUpstream(String name, String id, Upstream port) {
    /** The name and id of an upstream that was given without them. */
    public static final String UNNAMED = "upstream";

    /**
     * Checks that nothing is empty.
     *
     * @throws IllegalArgumentException when name or id is
     */
    public NamedUpstream {
        Objects.requireNonNull(port, "port");
        if (Objects.requireNonNull(name, "name").isEmpty() || Objects.requireNonNull(id, "id").isEmpty()) {
            throw new IllegalArgumentException("an upstream needs a name and an id that are not empty");
        }
    }

    /**
     * An upstream whose name is its id.
     *
     * @param name unique among the upstreams, and the same in each process
     * @param port the upstream itself
     */
    public NamedUpstream(String name, Upstream port) {
        this(name, name, port);
    }
}
