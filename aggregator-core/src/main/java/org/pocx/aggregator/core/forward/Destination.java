package org.pocx.aggregator.core.forward;

import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.upstream.NamedUpstream;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * An upstream as nonces are sent to it, with what is known of it: refused accounts, request forms, restarts, credentials.
 * Polls are told by one thread at a time; all else is thread-safe.
 */
public final class Destination {
    private final String id;
    private final UpstreamKnowledge knowledge;
    private volatile Upstream port;
    private volatile boolean outage = true;
    private String credentials = "";

    Destination(NamedUpstream upstream, MachineTrust trust, AggregatorListener listener) {
        this.id = upstream.id();
        this.port = upstream.port();
        this.knowledge = new UpstreamKnowledge(
                new RefusedAccounts(), new RequestForms(listener), new Incarnation(), trust);
    }

    /** {@return the id of the upstream} */
    public String id() {
        return id;
    }

    UpstreamKnowledge knowledge() {
        return knowledge;
    }

    Upstream port() {
        return port;
    }

    /**
     * Other credentials, for example: what is known of the upstream stays.
     *
     * @param other used from now on
     */
    public void replacePort(Upstream other) {
        port = other;
    }

    /** Whether the last poll failed, or there was none. */
    boolean isOutage() {
        return outage;
    }

    /**
     * The upstream answered a poll with mining info.
     *
     * @param askedNanos when it was asked, monotonic clock
     * @return what that changes
     */
    PollResult polled(long askedNanos) {
        String stamp = port.credentialsStamp();
        boolean newCredentials = !stamp.equals(credentials);
        knowledge.incarnation().polled(newCredentials);
        PollResult poll = new PollResult(askedNanos, outage, newCredentials);
        credentials = stamp;
        outage = false;
        return poll;
    }

    /** The upstream did not answer a poll. */
    void pollFailed(UpstreamTrouble trouble) {
        outage = true;
        knowledge.incarnation().pollFailed(trouble);
    }
}
