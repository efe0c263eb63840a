package org.pocx.aggregator.dashboard.json;

import org.pocx.aggregator.statistics.Luck;
import org.pocx.aggregator.statistics.LuckReport;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

/** Writes won blocks, probable losses and luck as members of an object. */
public final class BlockJson {
    private BlockJson() {}

    /** A won block. */
    public static void win(JsonWriter out, WonBlock block) {
        out.unsigned("height", block.height());
        out.time("time", block.at());
        out.text("accountId", block.accountId());
        block.finder()
                .ifPresentOrElse(
                        finder -> {
                            out.text("machineId", finder.machine());
                            out.unsigned("pocTime", finder.pocTime());
                        },
                        () -> {
                            out.none("machineId");
                            out.none("pocTime");
                        });
        out.flag("orphaned", block.orphaned());
    }

    /** A block that should have been won. */
    public static void loss(JsonWriter out, ProbableLoss loss) {
        out.unsigned("height", loss.height());
        out.time("time", loss.at());
        out.text("accountId", loss.accountId());
        out.text("machineId", loss.machine());
        out.unsigned("pocTime", loss.pocTime());
    }

    /** The luck of a subject, without its id. */
    public static void luck(JsonWriter out, LuckReport report) {
        luck(out, "day", report.day());
        luck(out, "week", report.week());
        luck(out, "all", report.all());
    }

    private static void luck(JsonWriter out, String name, Luck luck) {
        out.object(name, () -> {
            out.number("won", luck.won());
            out.finite("expected", luck.expected());
            out.finite("luck", luck.luck());
            out.finite("low", luck.low());
            out.finite("high", luck.high());
        });
    }
}
