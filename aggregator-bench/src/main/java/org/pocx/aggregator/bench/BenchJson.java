package org.pocx.aggregator.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * Renders a benchmark's results as one JSON object. Times are in milliseconds, processor time in seconds for 100,000
 * requests, memory in MiB; unknown figures are null.
 */
public final class BenchJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANOS_PER_SECOND = 1e9;

    private BenchJson() {}

    /**
     * Renders the results of a run.
     *
     * @param machine where it ran
     * @param settings of the benchmark
     * @param rows in their order
     * @return one JSON object, on several lines
     */
    public static String write(BenchMachine machine, BenchSettings settings, List<Row> rows) {
        ObjectNode all = JSON.createObjectNode();
        all.putObject("machine")
                .put("time", machine.time().toString())
                .put("processor", machine.processor())
                .put("processors", machine.processors())
                .put("system", machine.system())
                .put("java", machine.java())
                .put("load_average", machine.load());
        all.putObject("settings")
                .put("url", settings.other().map(other -> other.shownUrl().toString()).orElse(null))
                .put("engine", settings.engine())
                .put("connections", settings.connections())
                .put("pollers", settings.pollers())
                .put("seconds", seconds(settings.time()))
                .put("warm_up_seconds", seconds(settings.warmUp()));
        rows.forEach(row -> row(all.withArray("rows").addObject(), row));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers cannot be written", e);
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS_PER_SECOND;
    }

    private static void row(ObjectNode json, Row row) {
        json.put("id", row.label().id()).put("title", row.label().title());
        switch (row) {
            case Row.Measured measured -> measured(json, measured);
            case Row.LeftOut leftOut -> json.put("left_out", leftOut.reason());
        }
    }

    private static void measured(ObjectNode json, Row.Measured row) {
        figures(json.putObject("figures"), row.figures());
        json.put("floor_title", row.floorTitle());
        figures(json.putObject("floor"), row.floor());
        figures(json.putObject("ratio_to_floor"), row.figures().ratioTo(row.floor()));
        json.put("failed", row.failed());
        var budgets = json.putArray("budgets");
        row.budgets().forEach(budget -> budgets.addObject().put("rule", budget.rule()).put("met", budget.met()));
        if (!row.note().isEmpty()) {
            json.put("note", row.note());
        }
    }

    private static void figures(ObjectNode json, Figures figures) {
        number(json, "requests_per_second", figures.rate());
        number(json, "p50", figures.p50());
        number(json, "p99", figures.p99());
        number(json, "p99_9", figures.p999());
        number(json, "cpu_seconds_per_100k", figures.cpu());
        number(json, "rss_mib", figures.rss());
    }

    private static void number(ObjectNode json, String name, double number) {
        if (Double.isFinite(number)) {
            json.put(name, Math.round(number * 1e4) / 1e4);
        } else {
            json.putNull(name);
        }
    }
}
