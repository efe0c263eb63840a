package org.pocx.aggregator.core.upstream;

import java.time.Duration;
import java.util.Optional;

/**
 * How one of the upstreams is now.
 *
 * @param name as configured
 * @param active whether it is the one that miners and nonces are served by
 * @param state what is known of it
 * @param latency how long its last answer to a poll took; empty when there was none
 * @param lastError the message of its last failed poll; empty when its last poll was answered
 */
public record UpstreamStatus(
        String name, boolean active, UpstreamState state, Optional<Duration> latency, Optional<String> lastError) {}
