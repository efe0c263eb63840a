package org.pocx.aggregator.dashboard.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.pocx.aggregator.statistics.FarmSnapshot.Machine;

/**
 * Figures of single machines, each under a label with its address: the first ones by address, so that the same machines
 * are told each time, and how many are left out.
 */
final class MachineGauges {
    private static final double TIB = 1L << 40;
    private static final double MILLIS = 1_000;

    private final PrometheusRegistry registry;
    private final int max;
    private final Supplier<FarmView> view;

    private MachineGauges(PrometheusRegistry registry, int max, Supplier<FarmView> view) {
        this.registry = registry;
        this.max = max;
        this.view = view;
    }

    static void register(PrometheusRegistry registry, int max, Supplier<FarmView> view) {
        MachineGauges gauges = new MachineGauges(registry, max, view);
        gauges.each(
                "pocx_machine_capacity_bytes",
                "Capacity of a machine, estimated from its best nonces.",
                machine -> machine.capacityTib() * TIB);
        gauges.each(
                "pocx_machine_last_seen_seconds",
                "Since a machine was seen.",
                machine -> machine.sinceSeen().toMillis() / MILLIS);
        gauges.each(
                "pocx_machine_missed_rounds",
                "Rounds in a row without a nonce of a machine.",
                Machine::missedRounds);
        gauges.each("pocx_machine_silent", "1 when a machine went silent.", machine -> machine.silent() ? 1 : 0);
        gauges.each(
                "pocx_machine_rejected_nonces",
                "Nonces of a machine that were rejected since it came.",
                machine -> machine.counts().rejected());
        gauges.unlisted();
    }

    private void each(String name, String help, ToDoubleFunction<Machine> figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("machine")
                .callback(gauge -> view.get().farm().machines().stream()
                        .limit(max)
                        .forEach(machine -> tell(gauge, machine, figure.applyAsDouble(machine))))
                .register(registry);
    }

    private static void tell(GaugeWithCallback.Callback gauge, Machine machine, double value) {
        if (Double.isFinite(value)) {
            gauge.call(value, machine.address());
        }
    }

    private void unlisted() {
        GaugeWithCallback.builder()
                .name("pocx_machines_unlisted")
                .help("Machines beyond the limit, which have no figures of their own.")
                .callback(gauge -> gauge.call(Math.max(0, view.get().farm().machines().size() - max)))
                .register(registry);
    }
}
