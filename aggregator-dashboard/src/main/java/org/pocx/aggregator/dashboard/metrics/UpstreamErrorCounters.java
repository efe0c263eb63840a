package org.pocx.aggregator.dashboard.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** Counts requests to the upstream that had no valid answer. Thread-safe. */
final class UpstreamErrorCounters {
    enum Request {
        POLL,
        SUBMIT
    }

    private enum Kind {
        BUSY,
        WALLET_LOCKED,
        TIMEOUT,
        UNREACHABLE,
        UNAUTHORIZED,
        UNKNOWN_ERROR,
        ACCOUNT_REFUSED,
        MISFIT
    }

    private final Map<Request, Map<Kind, CounterDataPoint>> counters = new EnumMap<>(Request.class);

    UpstreamErrorCounters(PrometheusRegistry registry) {
        Counter counter = Counter.builder()
                .name("pocx_upstream_errors_total")
                .help("Polls and nonces that the upstream did not answer, or answered without a verdict.")
                .labelNames("request", "kind")
                .withoutExemplars()
                .register(registry);
        for (Request request : Request.values()) {
            Map<Kind, CounterDataPoint> ofRequest = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                ofRequest.put(kind, counter.labelValues(label(request), label(kind)));
            }
            counters.put(request, ofRequest);
        }
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    void count(Request request, UpstreamTrouble trouble) {
        Objects.requireNonNull(Objects.requireNonNull(counters.get(request)).get(kind(trouble)))
                .inc();
    }

    private static Kind kind(UpstreamTrouble trouble) {
        return switch (trouble.kind()) {
            case BUSY, UPSTREAM_BUSY -> Kind.BUSY;
            case WALLET_LOCKED -> Kind.WALLET_LOCKED;
            case TIMED_OUT -> Kind.TIMEOUT;
            case UNREACHABLE, CONNECTION_REFUSED -> Kind.UNREACHABLE;
            case UNAUTHORIZED -> Kind.UNAUTHORIZED;
            case UNKNOWN_ERROR -> Kind.UNKNOWN_ERROR;
            case ACCOUNT_REFUSED -> Kind.ACCOUNT_REFUSED;
            case MISFIT -> Kind.MISFIT;
        };
    }
}
