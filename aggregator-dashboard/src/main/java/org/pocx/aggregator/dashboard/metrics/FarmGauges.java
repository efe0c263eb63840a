package org.pocx.aggregator.dashboard.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.upstream.UpstreamState;
import org.pocx.aggregator.core.upstream.UpstreamStatus;
import org.pocx.aggregator.dashboard.json.JsonNames;
import org.pocx.aggregator.statistics.Capacity;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.FateCounts;

/** Metrics of the farm's state. Infinite and unknown values have no sample. */
final class FarmGauges {
    private static final double TIB = 1L << 40;
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PrometheusRegistry registry;
    private final Supplier<FarmView> view;

    private FarmGauges(PrometheusRegistry registry, Supplier<FarmView> view) {
        this.registry = registry;
        this.view = view;
    }

    static void register(PrometheusRegistry registry, Supplier<FarmView> view) {
        FarmGauges gauges = new FarmGauges(registry, view);
        gauges.round();
        gauges.upstream();
        gauges.queues();
        gauges.farm();
        gauges.verification();
    }

    private void round() {
        maybe("pocx_round_height", "Height of the block being mined.", ofRound(MiningInfo::height));
        maybe("pocx_round_base_target", "Base target of the block being mined.", ofRound(MiningInfo::baseTarget));
        maybe(
                "pocx_round_age_seconds",
                "Time since the current round was first announced.",
                it -> it.farm().current().isPresent()
                        ? OptionalDouble.of(seconds(it.farm().roundAge()))
                        : OptionalDouble.empty());
        maybe(
                "pocx_round_best_poc_time_seconds",
                "poc_time of the best received nonce of the current round that was not rejected.",
                it -> optional(it.farm().best().map(best -> Capacity.toDouble(best.pocTime()))));
        always("pocx_uptime_seconds", "Time since the aggregator started.", it -> seconds(it.farm().uptime()));
    }

    private static Function<FarmView, OptionalDouble> ofRound(Function<MiningInfo, Long> unsigned) {
        return it -> optional(it.farm().current().map(unsigned).map(Capacity::toDouble));
    }

    private void upstream() {
        always(
                "pocx_upstream_up",
                "1 if the upstream answered the last poll.",
                it -> flag(it.farm().upstream().up()));
        upstreams(
                "pocx_upstream_active",
                "1 for the active upstream, 0 for the others.",
                one -> OptionalDouble.of(flag(one.active())));
        upstreams(
                "pocx_upstream_ok",
                "1 if the upstream answers polls and nothing is wrong with it.",
                one -> OptionalDouble.of(flag(one.state() == UpstreamState.OK)));
        upstreams(
                "pocx_upstream_latency_seconds",
                "How long the upstream took for its last answer to a poll.",
                one -> optional(one.latency().map(FarmGauges::seconds)));
        maybe(
                "pocx_mining_info_age_seconds",
                "Time since the upstream last answered with mining info.",
                it -> optional(it.miningInfoAge().map(FarmGauges::seconds)));
        maybe(
                "pocx_last_confirmation_age_seconds",
                "Time since the upstream last confirmed a nonce.",
                it -> optional(it.farm().upstream().lastConfirmed().map(FarmGauges::seconds)));
        always(
                "pocx_store_writable",
                "1 if nonces can be written to disk.",
                it -> flag(it.farm().store().writable()));
    }

    private void upstreams(String name, String help, Function<UpstreamStatus, OptionalDouble> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("upstream")
                .callback(gauge -> view.get()
                        .upstreams()
                        .forEach(one -> value.apply(one).ifPresent(figure -> gauge.call(figure, one.name()))))
                .register(registry);
    }

    private void queues() {
        GaugeWithCallback.builder()
                .name("pocx_nonces")
                .help("Nonces received since the start, by state; the sum of all states is the number of received nonces.")
                .labelNames("state")
                .callback(gauge -> nonces(view.get().farm().counts(), gauge))
                .register(registry);
        always(
                "pocx_outbox_nonces",
                "Nonces that are to be sent to the upstream and have no verdict yet.",
                it -> (double) it.farm().counts().pending());
        always(
                "pocx_in_flight_nonces",
                "Nonces that are being sent.",
                it -> it.load().inFlight());
        always(
                "pocx_in_flight_limit",
                "Nonces that may be sent at the same time.",
                it -> it.load().maxInFlight());
        GaugeWithCallback.builder()
                .name("pocx_lanes_waiting")
                .help("Lanes with a nonce to send, by what they wait for: a slot of the upstream, or something else (held).")
                .labelNames("reason")
                .callback(gauge -> {
                    gauge.call(view.get().load().lanesReady(), "slot");
                    gauge.call(view.get().load().lanesHeld(), "held");
                })
                .register(registry);
    }

    private static void nonces(FateCounts counts, GaugeWithCallback.Callback gauge) {
        for (Fate fate : Fate.values()) {
            long count =
                    switch (fate) {
                        case REFUSED -> counts.refused();
                        case FILTERED -> counts.filtered();
                        case SUPERSEDED -> counts.superseded();
                        case PENDING -> counts.pending();
                        case CONFIRMED -> counts.confirmed();
                        case TAKEN_OVER -> counts.takenOver();
                        case REJECTED -> counts.rejected();
                        case STALE -> counts.stale();
                        case EXPIRED -> counts.expired();
                    };
            gauge.call((double) count, JsonNames.of(fate));
        }
    }

    private void farm() {
        always(
                "pocx_machines_known",
                "Machines seen within the last day.",
                it -> it.farm().machines().size());
        always(
                "pocx_machines_active",
                "Machines seen within the last 5 minutes.",
                it -> it.farm().activeMachines());
        always("pocx_machines_silent", "Machines that are silent.", it -> it.farm().silentMachines());
        always(
                "pocx_machines_suspect",
                "Machines of which 3 nonces of the current round, or most of the last ones, were bad: rejected, or"
                        + " confirmed worse than claimed.",
                it -> it.farm().machines().stream()
                        .mapToInt(machine -> machine.suspect() ? 1 : 0)
                        .sum());
        always(
                "pocx_machines_capacity_dropped",
                "Machines that lost half or a quarter of their expected capacity.",
                it -> it.farm().machines().stream()
                        .mapToInt(machine -> it.farm().findings().drop(machine.id()).isPresent() ? 1 : 0)
                        .sum());
        always(
                "pocx_plot_overlaps",
                "Pairs of machines that mined the same plot files within the last week.",
                it -> it.farm().findings().overlaps().size());
        always(
                "pocx_accounts_known",
                "Accounts seen within the last day.",
                it -> it.farm().accounts().size());
        always(
                "pocx_capacity_bytes",
                "Estimated capacity of the farm, from its best nonces.",
                it -> it.farm().totalCapacityTib() * TIB);
        always(
                "pocx_network_capacity_bytes",
                "Estimated capacity of the network, from the base target.",
                it -> it.farm().networkCapacityTib() * TIB);
    }

    private void verification() {
        CounterWithCallback.builder()
                .name("pocx_verified_nonces_total")
                .help("Nonces whose quality was computed here, by result: good, or bad if their machines stated another one.")
                .labelNames("result")
                .callback(counter -> {
                    FarmSnapshot.Verification found = view.get().farm().verification();
                    counter.call((double) (found.checked() - found.bad()), "good");
                    counter.call((double) found.bad(), "bad");
                })
                .register(registry);
        always(
                "pocx_bad_plots",
                "Plots of which a nonce had another quality than its machine stated, since the start.",
                it -> it.farm().verification().badPlots().size());
    }

    private void always(String name, String help, ToDoubleFunction<FarmView> figure) {
        maybe(name, help, it -> OptionalDouble.of(figure.applyAsDouble(it)));
    }

    private void maybe(String name, String help, Function<FarmView, OptionalDouble> figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> figure.apply(view.get()).ifPresent(value -> callIfFinite(gauge, value)))
                .register(registry);
    }

    private static void callIfFinite(GaugeWithCallback.Callback gauge, double value) {
        if (Double.isFinite(value)) {
            gauge.call(value);
        }
    }

    private static OptionalDouble optional(Optional<Double> value) {
        return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }
}
