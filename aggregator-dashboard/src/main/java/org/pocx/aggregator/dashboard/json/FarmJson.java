package org.pocx.aggregator.dashboard.json;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pocx.aggregator.statistics.BadPlot;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.FateCounts;
import org.pocx.aggregator.statistics.MachineGroup;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.RoundProgress;
import org.pocx.aggregator.statistics.history.WorkCounts;

/**
 * Writes parts of a farm as members of an object. The members of the other aggregator come first, with its names,
 * followed by our own.
 */
public final class FarmJson {
    private FarmJson() {}

    /** The members of a machine that the other aggregator has, too, without its accounts. */
    public static void machineHead(JsonWriter out, FarmSnapshot.Machine machine) {
        out.text("machineId", machine.id());
        out.number("accountCount", machine.accounts().size());
        out.finite("totalCapacityTib", machine.capacityTib());
        work(out, machine.submissions24h(), machine.submissionPercentage(), machine.sinceSeen(), machine.active());
    }

    /** Our additional members of a machine. */
    public static void machineTail(JsonWriter out, FarmSnapshot.Machine machine) {
        out.text("name", machine.displayName());
        out.text("group", machine.profile().group());
        out.finite("expectedCapacityTib", machine.profile().capacityTib().orElse(Double.NaN));
        out.flag("silent", machine.silent());
        out.number("missedRounds", machine.missedRounds());
        out.flag("suspect", machine.suspect());
        out.text("lastRejection", machine.lastRejection());
        out.seconds("verifiedSecsAgo", machine.lastCheck().since());
        out.seconds("verificationIntervalSecs", machine.lastCheck().interval());
        counts(out, machine.counts());
    }

    /** A group of machines. */
    public static void group(JsonWriter out, MachineGroup group) {
        out.text("group", group.name());
        out.number("machines", group.machines());
        out.number("active", group.active());
        out.number("silent", group.silent());
        out.finite("capacityTib", group.capacityTib());
        out.finite("expectedCapacityTib", group.expectedTib().orElse(Double.NaN));
        counts(out, group.counts());
    }

    /** The members of an account that the other aggregator has, too, without its machines. */
    public static void accountHead(JsonWriter out, FarmSnapshot.Account account) {
        out.text("accountId", account.accountId());
        out.number("machineCount", account.machines().size());
        out.finite("totalCapacityTib", account.capacityTib());
        work(out, account.submissions24h(), account.submissionPercentage(), account.sinceSeen(), account.active());
    }

    /** Our additional members of an account. */
    public static void accountTail(JsonWriter out, FarmSnapshot.Account account) {
        out.flag("silent", account.silent());
        out.number("missedRounds", account.missedRounds());
        out.flag("suspect", account.suspect());
        out.text("lastRejection", account.lastRejection());
        counts(out, account.counts());
    }

    /** The list of a machine's accounts, or of an account's machines. */
    public static void parts(JsonWriter out, String name, String idName, List<FarmSnapshot.Part> parts) {
        out.objects(name, parts, part -> {
            out.text(idName, part.id());
            part(out, part);
        });
    }

    /** A part, without its id. */
    public static void part(JsonWriter out, FarmSnapshot.Part part) {
        out.finite("capacityTib", part.capacityTib());
        work(out, part.submissions24h(), part.submissionPercentage(), part.sinceSeen(), part.active());
    }

    private static void work(JsonWriter out, int submissions24h, double percentage, Duration sinceSeen,
            boolean active) {
        out.number("submissions24h", submissions24h);
        out.finite("submissionPercentage", percentage);
        out.seconds("lastSeenSecsAgo", sinceSeen);
        out.flag("isActive", active);
    }

    /** The number of nonces in each state. */
    public static void counts(JsonWriter out, FateCounts counts) {
        out.object("counts", () -> {
            out.number("received", counts.received());
            out.number("refused", counts.refused());
            out.number("filtered", counts.filtered());
            out.number("superseded", counts.superseded());
            out.number("pending", counts.pending());
            out.number("confirmed", counts.confirmed());
            out.number("confirmedWorse", counts.confirmedWorse());
            out.number("takenOver", counts.takenOver());
            out.number("rejected", counts.rejected());
            out.number("stale", counts.stale());
            out.number("expired", counts.expired());
        });
    }

    /** The number of nonces of a round in each state. */
    public static void counts(JsonWriter out, WorkCounts counts) {
        out.object("counts", () -> {
            out.number("received", counts.received());
            out.number("filtered", counts.filtered());
            out.number("confirmed", counts.confirmed());
            out.number("rejected", counts.rejected());
            out.number("stale", counts.stale());
            out.number("expired", counts.expired());
        });
    }

    /** The best nonce as recorded for the round. It has more details than the statistics, above all after a restart. */
    public static Optional<RoundProgress.Best> recordOfBest(FarmSnapshot farm) {
        return farm.best().flatMap(best -> farm.progress()
                .flatMap(RoundProgress::best)
                .filter(other -> other.rawQuality() == best.rawQuality()
                        && other.accountId().equals(best.accountId())
                        && other.machine().equals(best.machine())));
    }

    /** The state of the upstream. */
    public static void upstream(JsonWriter out, FarmSnapshot.UpstreamView upstream) {
        out.object("upstream", () -> {
            out.flag("up", upstream.up());
            out.text("problem", upstream.problem());
            out.seconds("lastConfirmedSecsAgo", upstream.lastConfirmed());
            out.objects("errors", upstream.errors(), error -> {
                out.time("at", error.at());
                out.text("words", error.words());
                out.number("times", error.times());
            });
        });
    }

    /** The state of the store. */
    public static void store(JsonWriter out, FarmSnapshot.StoreView store) {
        out.object("store", () -> {
            out.flag("writable", store.writable());
            out.text("problem", store.problem());
        });
    }

    /** A plot with bad nonces. */
    public static void plot(JsonWriter out, BadPlot plot) {
        out.text("machineId", plot.machine());
        out.text("accountId", plot.accountId());
        out.text("seed", plot.seed());
        out.unsigned("firstBadNonce", plot.firstBadNonce());
        out.unsigned("lastBadNonce", plot.lastBadNonce());
        out.number("checked", plot.checked());
        out.number("bad", plot.bad());
        out.time("lastSeen", plot.lastSeen());
    }

    /** An event. */
    public static void event(JsonWriter out, FarmEvent event) {
        out.number("id", event.id());
        out.time("at", event.at());
        out.text("kind", JsonNames.of(event.kind()));
        out.unsigned("height", event.height());
        out.text("machineId", event.machine());
        out.text("accountId", event.accountId());
        if (event.accountId().isEmpty() || event.machine().isEmpty()) {
            out.none("rawQuality");
            out.none("pocTime");
        } else {
            out.unsigned("rawQuality", event.rawQuality());
            out.unsigned("pocTime", event.pocTime());
        }
        out.number("times", event.times());
        out.text("words", event.words());
    }
}
