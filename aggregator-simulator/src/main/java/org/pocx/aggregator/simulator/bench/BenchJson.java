package org.pocx.aggregator.simulator.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A benchmark's results as one JSON object. Milliseconds, seconds of CPU for 100,000 requests, MiB; unknown is null. */
public final class BenchJson {
    private static final double NANOS_A_SECOND = 1e9;

    private BenchJson() {}

    /**
     * Renders the results of a run for programs.
     *
     * @param machine where it ran
     * @param settings what was asked for
     * @param rows in their order
     * @return one JSON object, on several lines
     */
    public static String write(BenchMachine machine, BenchSettings settings, List<Row> rows) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            machine(json, machine);
            settings(json, settings);
            json.writeArrayFieldStart("rows");
            for (Row row : rows) {
                row(json, row);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void machine(JsonGenerator json, BenchMachine machine) throws IOException {
        json.writeObjectFieldStart("machine");
        json.writeStringField("time", machine.time().toString());
        json.writeStringField("processor", machine.processor());
        json.writeNumberField("processors", machine.processors());
        json.writeStringField("system", machine.system());
        json.writeStringField("java", machine.java());
        json.writeStringField("load_average", machine.load());
        json.writeEndObject();
    }

    private static void settings(JsonGenerator json, BenchSettings settings) throws IOException {
        json.writeObjectFieldStart("settings");
        if (settings.other().isPresent()) {
            json.writeStringField("url", settings.other().get().shownUrl().toString());
        } else {
            json.writeNullField("url");
        }
        json.writeStringField("engine", settings.engine());
        json.writeNumberField("connections", settings.connections());
        json.writeNumberField("pollers", settings.pollers());
        json.writeNumberField("seconds", settings.time().toNanos() / NANOS_A_SECOND);
        json.writeNumberField("warm_up_seconds", settings.warmUp().toNanos() / NANOS_A_SECOND);
        json.writeEndObject();
    }

    private static void row(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", row.name().id());
        json.writeStringField("title", row.name().title());
        switch (row) {
            case Row.Measured measured -> measured(json, measured);
            case Row.LeftOut leftOut -> json.writeStringField("left_out", leftOut.reason());
        }
        json.writeEndObject();
    }

    private static void measured(JsonGenerator json, Row.Measured row) throws IOException {
        figures(json, "figures", row.figures());
        json.writeStringField("floor_title", row.floorTitle());
        figures(json, "floor", row.floor());
        figures(json, "ratio_to_floor", row.figures().ratioTo(row.floor()));
        json.writeNumberField("failed", row.failed());
        json.writeArrayFieldStart("budgets");
        for (Verdict verdict : row.verdicts()) {
            json.writeStartObject();
            json.writeStringField("rule", verdict.rule());
            json.writeBooleanField("met", verdict.met());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (row.note().isPresent()) {
            json.writeStringField("note", row.note().get());
        }
    }

    private static void figures(JsonGenerator json, String name, Figures figures) throws IOException {
        json.writeObjectFieldStart(name);
        number(json, "requests_per_second", figures.rate());
        number(json, "p50", figures.p50());
        number(json, "p99", figures.p99());
        number(json, "p99_9", figures.p999());
        number(json, "cpu_seconds_per_100k", figures.cpu());
        number(json, "rss_mib", figures.rss());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumberField(name, Math.round(number * 1e4) / 1e4);
        } else {
            json.writeNullField(name);
        }
    }
}
