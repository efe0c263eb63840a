package org.pocx.aggregator.dashboard.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.statistics.StatisticsListener;

/**
 * The Prometheus metrics of one aggregator, its JVM and its process.
 *
 * <p>First add {@link #listener} to the builder of the aggregator and {@link #statisticsListener} to that of the
 * statistics, then call {@link #watch}, then {@link #scrape} for
 * each request. The state of the farm is read at most once per second.
 *
 * <p>Thread-safe: events are counted without a lock. Scrapes run one at a time under this object's monitor, which
 * guards the view of the farm.
 */
public final class FarmMetrics {
    /** The media type of {@link #scrape}: Prometheus' text format. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final long VIEW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int USUAL_BYTES = 32 * 1024;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final MetricsSettings settings;
    private final LongSupplier nanoTime;
    private final EventMetrics events;
    private final BlockMetrics blocks;

    private @Nullable MetricsSource source;
    private @Nullable FarmView view;
    private long viewNanos;

    /**
     * Creates metrics without a farm.
     *
     * @param settings which metrics are created
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     */
    public FarmMetrics(MetricsSettings settings, LongSupplier nanoTime) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.events = new EventMetrics(registry, nanoTime);
        this.blocks = new BlockMetrics(registry);
        RuntimeMetrics.register(registry);
        Info.builder()
                .name("pocx_build_info")
                .help("Always 1, with the program's version as a label.")
                .labelNames("version")
                .register(registry)
                .addLabelValues(settings.version());
    }

    /**
     * Counts events. Takes nanoseconds per event, except for events of nonces that are sent to the upstream.
     *
     * @return the listener for the events of one aggregator
     */
    public AggregatorListener listener() {
        return events;
    }

    /** {@return the listener for the events of the statistics; never blocks} */
    public StatisticsListener statisticsListener() {
        return blocks;
    }

    /**
     * Adds the metrics of the farm's state.
     *
     * @param farm read at each scrape, at most once per second
     * @throws IllegalStateException if a farm is watched already
     */
    public synchronized void watch(MetricsSource farm) {
        Objects.requireNonNull(farm, "farm");
        if (source != null) {
            throw new IllegalStateException("metrics already watch a farm");
        }
        source = farm;
        FarmGauges.register(registry, this::view);
        GroupGauges.register(registry, this::view);
        if (settings.maxMachines() > 0) {
            MachineGauges.register(registry, settings.maxMachines(), this::view);
        }
    }

    /**
     * Adds the metrics of requests that wait for verdicts.
     *
     * @param waiting how many wait now
     * @param held how many were answered as held
     */
    public void watchVerdictWaits(IntSupplier waiting, LongSupplier held) {
        Objects.requireNonNull(waiting, "waiting");
        Objects.requireNonNull(held, "held");
        GaugeWithCallback.builder()
                .name("pocx_verdict_waits")
                .help("Requests of other aggregators that wait for the verdict on a nonce.")
                .callback(gauge -> gauge.call(waiting.getAsInt()))
                .register(registry);
        CounterWithCallback.builder()
                .name("pocx_held_answers_total")
                .help("Requests of other aggregators that were answered as held, without a verdict.")
                .callback(counter -> counter.call((double) held.getAsLong()))
                .register(registry);
    }

    /** {@return all metrics in {@link #CONTENT_TYPE}, UTF-8; those of the farm's state are at most 1 s old} */
    public synchronized byte[] scrape() {
        lookAtTheFarm();
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: writing to memory
        }
        return out.toByteArray();
    }

    private void lookAtTheFarm() {
        long now = nanoTime.getAsLong();
        if (source != null && (view == null || now - viewNanos >= VIEW_NANOS)) {
            view = FarmView.of(source);
            viewNanos = now;
        }
    }

    /** Called during a scrape, by the same thread. */
    private synchronized FarmView view() {
        return Objects.requireNonNull(view, "called outside of a scrape");
    }
}
