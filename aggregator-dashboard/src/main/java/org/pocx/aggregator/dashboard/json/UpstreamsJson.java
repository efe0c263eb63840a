package org.pocx.aggregator.dashboard.json;

import java.util.List;
import org.pocx.aggregator.core.upstream.UpstreamStatus;

/** The upstreams as JSON, in order of preference. */
public final class UpstreamsJson {
    private UpstreamsJson() {}

    /** {@return an object with the list as its only member} */
    public static byte[] render(List<UpstreamStatus> upstreams) {
        return JsonWriter.render(out -> write(out, upstreams));
    }

    /** Writes the list as a member of the open object. */
    public static void write(JsonWriter out, List<UpstreamStatus> upstreams) {
        out.objects("upstreams", upstreams, upstream -> {
            out.text("name", upstream.name());
            out.flag("active", upstream.active());
            out.text("state", upstream.state().label());
            upstream.latency()
                    .ifPresentOrElse(
                            latency -> out.number("latencyMs", latency.toMillis()), () -> out.none("latencyMs"));
            upstream.lastError()
                    .ifPresentOrElse(error -> out.text("lastError", error), () -> out.none("lastError"));
        });
    }
}
