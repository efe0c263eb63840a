package org.pocx.aggregator.dashboard.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.FarmSnapshot.Machine;
import org.pocx.aggregator.statistics.finding.MachineCapacity;

/**
 * Metrics of single machines, with the id as a label. If there are more machines than the limit, the first ones by
 * id are shown, so that it is always the same ones, and the rest is counted.
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
                "Estimated capacity of a machine, from its best nonces.",
                machine -> machine.capacityTib() * TIB);
        gauges.eachFound(
                "pocx_machine_expected_capacity_bytes",
                "Expected capacity of a machine: as configured, else learned; absent until it is known.",
                (farm, machine) -> expectedTib(farm, machine) * TIB);
        gauges.eachFound(
                "pocx_machine_capacity_dropped",
                "1 if a machine lost half or a quarter of its expected capacity.",
                (farm, machine) -> farm.findings().drop(machine.id()).isPresent() ? 1 : 0);
        gauges.each(
                "pocx_machine_last_seen_seconds",
                "Time since the last request of a machine.",
                machine -> machine.sinceSeen().toMillis() / MILLIS);
        gauges.each(
                "pocx_machine_missed_rounds",
                "Consecutive rounds without a nonce from a machine.",
                Machine::missedRounds);
        gauges.each("pocx_machine_silent", "1 if a machine is silent.", machine -> machine.silent() ? 1 : 0);
        gauges.each(
                "pocx_machine_rejected_nonces",
                "Rejected nonces of a machine since it is known.",
                machine -> machine.counts().rejected());
        gauges.unlisted();
    }

    private static double expectedTib(FarmSnapshot farm, Machine machine) {
        return machine.profile()
                .capacityTib()
                .orElseGet(() -> farm.findings()
                        .capacity(machine.id())
                        .map(MachineCapacity::expectedTib)
                        .orElse(Double.NaN));
    }

    private void each(String name, String help, ToDoubleFunction<Machine> figure) {
        eachFound(name, help, (farm, machine) -> figure.applyAsDouble(machine));
    }

    private void eachFound(String name, String help, ToDoubleBiFunction<FarmSnapshot, Machine> figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("machine")
                .callback(gauge -> {
                    FarmSnapshot farm = view.get().farm();
                    farm.machines().stream()
                            .limit(max)
                            .forEach(machine -> tell(gauge, machine, figure.applyAsDouble(farm, machine)));
                })
                .register(registry);
    }

    private static void tell(GaugeWithCallback.Callback gauge, Machine machine, double value) {
        if (Double.isFinite(value)) {
            gauge.call(value, machine.id());
        }
    }

    private void unlisted() {
        GaugeWithCallback.builder()
                .name("pocx_machines_unlisted")
                .help("Machines beyond the limit, which have no metrics of their own.")
                .callback(gauge -> gauge.call(Math.max(0, view.get().farm().machines().size() - max)))
                .register(registry);
    }
}
