package org.pocx.aggregator.dashboard.alert;

import java.net.URI;
import java.util.Objects;
import org.pocx.aggregator.http.outbound.ProxySettings;

/**
 * The settings of alerts. {@link #toString()} omits path and query of the URL, which may contain a secret.
 *
 * @param webhook an http or https URL with a host
 * @param farm the name of the farm in alerts
 * @param upstream the name of the pool or node in alerts
 * @param maxPerHour the maximum number of messages per hour, without retries; at least 1
 * @param program name and version of the program, for the header User-Agent
 * @param proxy how the webhook is reached
 */
public record AlertSettings(
        URI webhook, String farm, String upstream, int maxPerHour, String program, ProxySettings proxy) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public AlertSettings {
        Objects.requireNonNull(webhook, "webhook");
        Objects.requireNonNull(farm, "farm");
        Objects.requireNonNull(upstream, "upstream");
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(proxy, "proxy");
        boolean http = "http".equalsIgnoreCase(webhook.getScheme()) || "https".equalsIgnoreCase(webhook.getScheme());
        if (!http || webhook.getHost() == null) {
            throw new IllegalArgumentException("webhook must be an http or https URL with a host");
        }
        if (maxPerHour < 1) {
            throw new IllegalArgumentException("maxPerHour must be at least 1");
        }
    }

    /**
     * Creates settings without a proxy.
     *
     * @param webhook an http or https URL with a host
     * @param farm the name of the farm in alerts
     * @param upstream the name of the pool or node in alerts
     * @param maxPerHour the maximum number of messages per hour, without retries; at least 1
     * @param program name and version of the program, for the header User-Agent
     */
    public AlertSettings(URI webhook, String farm, String upstream, int maxPerHour, String program) {
        this(webhook, farm, upstream, maxPerHour, program, new ProxySettings.None());
    }

    /** The webhook's URL without the parts that may be secret. */
    String place() {
        return webhook.getScheme() + "://" + webhook.getHost()
                + (webhook.getPort() < 0 ? "" : ":" + webhook.getPort());
    }

    @Override
    public String toString() {
        return "AlertSettings[" + place() + ", " + farm + "]";
    }
}
