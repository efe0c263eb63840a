package org.pocx.aggregator.dashboard.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.pocx.aggregator.statistics.MachineGroup;

/** Metrics of the groups that the configuration gives machines. Machines without a group have none. */
final class GroupGauges {
    private final PrometheusRegistry registry;
    private final Supplier<FarmView> view;

    private GroupGauges(PrometheusRegistry registry, Supplier<FarmView> view) {
        this.registry = registry;
        this.view = view;
    }

    static void register(PrometheusRegistry registry, Supplier<FarmView> view) {
        GroupGauges gauges = new GroupGauges(registry, view);
        gauges.each(
                "pocx_group_machines",
                "Machines of a group that were seen within the last day.",
                MachineGroup::machines);
        gauges.each(
                "pocx_group_machines_active",
                "Machines of a group that were seen within the last 5 minutes.",
                MachineGroup::active);
        gauges.each(
                "pocx_group_capacity_tib",
                "Estimated capacity of a group in TiB, from its best nonces.",
                MachineGroup::capacityTib);
    }

    private void each(String name, String help, ToDoubleFunction<MachineGroup> figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("group")
                .callback(gauge -> view.get()
                        .farm()
                        .groups()
                        .forEach(group -> group.name().ifPresent(words -> {
                            double value = figure.applyAsDouble(group);
                            if (Double.isFinite(value)) {
                                gauge.call(value, words);
                            }
                        })))
                .register(registry);
    }
}
