package org.pocx.aggregator.dashboard.alert;

import java.net.URI;
import java.util.Objects;

/**
 * Where alerts go. Printing it shows no path and no query of the URL, which may hold a token.
 *
 * @param webhook http or https, with a host
 * @param farm what alerts call the farm
 * @param upstream what they call the pool or node
 * @param maxPerHour requests in an hour at most, beside attempts to repeat one that failed; at least 1
 * @param program name and version, for the header User-Agent
 */
public record AlertSettings(URI webhook, String farm, String upstream, int maxPerHour, String program) {

    /**
     * Takes a webhook that can be called.
     *
     * @throws IllegalArgumentException when a value is out of its range
     */
    public AlertSettings {
        Objects.requireNonNull(webhook, "webhook");
        Objects.requireNonNull(farm, "farm");
        Objects.requireNonNull(upstream, "upstream");
        Objects.requireNonNull(program, "program");
        boolean http = "http".equalsIgnoreCase(webhook.getScheme()) || "https".equalsIgnoreCase(webhook.getScheme());
        if (!http || webhook.getHost() == null) {
            throw new IllegalArgumentException("a webhook is an http or https URL with a host");
        }
        if (maxPerHour < 1) {
            throw new IllegalArgumentException("maxPerHour must be at least 1");
        }
    }

    /** The webhook without what may be secret. */
    String place() {
        return webhook.getScheme() + "://" + webhook.getHost()
                + (webhook.getPort() < 0 ? "" : ":" + webhook.getPort());
    }

    @Override
    public String toString() {
        return "AlertSettings[" + place() + ", " + farm + "]";
    }
}
