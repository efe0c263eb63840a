package org.pocx.aggregator.dashboard.metrics;

import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorListener;

/**
 * The figures of one aggregator, its JVM and its process, for Prometheus to scrape.
 *
 * <p>First give {@link #listener} to the aggregator in the making, then {@link #watch} the aggregator, then {@link #scrape}
 * as often as somebody asks: the farm is looked at once a second at most.
 *
 * <p>Thread-safe: events count in adders without a lock; scrapes run one at a time, under this object's monitor, which
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
    private final EventMeters events;

    private @Nullable MetricsSource source;
    private @Nullable FarmView view;
    private long viewNanos;

    /**
     * Metrics that have counted nothing, and watch no farm yet.
     *
     * @param settings which figures there are
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     */
    public FarmMetrics(MetricsSettings settings, LongSupplier nanoTime) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.events = new EventMeters(registry, nanoTime);
        RuntimeMeters.register(registry);
        Info.builder()
                .name("pocx_build_info")
                .help("The program: always 1, its version as a label.")
                .labelNames("version")
                .register(registry)
                .addLabelValues(settings.version());
    }

    /**
     * Counts what happens. Takes nanoseconds an event, but for those that only nonces on their way upstream cause.
     *
     * @return what is to be told of the events of one aggregator
     */
    public AggregatorListener listener() {
        return events;
    }

    /**
     * Shows the farm's state beside what happened.
     *
     * @param farm asked at each scrape, once a second at most
     * @throws IllegalStateException when a farm is watched already
     */
    public synchronized void watch(MetricsSource farm) {
        Objects.requireNonNull(farm, "farm");
        if (source != null) {
            throw new IllegalStateException("metrics are of one farm");
        }
        source = farm;
        FarmGauges.register(registry, this::view);
        if (settings.maxMachines() > 0) {
            MachineGauges.register(registry, settings.maxMachines(), this::view);
        }
    }

    /**
     * {@return all figures as they are now, in {@link #CONTENT_TYPE}, UTF-8; those of the farm at most a second old}
     */
    public synchronized byte[] scrape() {
        lookAtTheFarm();
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a byte array takes whatever is written
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

    /** Asked while a scrape runs, by its own thread. */
    private synchronized FarmView view() {
        return Objects.requireNonNull(view, "only a scrape asks");
    }
}
