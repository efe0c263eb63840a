package org.pocx.aggregator.dashboard.json;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.history.RoundProgress;

/** The summary of the farm that the page shows above its tables. Its size does not depend on the size of the farm. */
public final class SummaryJson {
    /** The number of silent machines that are listed; further ones are only counted. */
    private static final int NAMED = 5;

    private static final int LATEST_ERRORS = 5;

    private SummaryJson() {}

    /** The summary as UTF-8 JSON. */
    public static byte[] render(FarmSnapshot farm, Duration blockTime) {
        return JsonWriter.render(out -> {
            out.time("at", farm.at());
            out.seconds("uptimeSecs", farm.uptime());
            out.seconds("blockTimeSecs", blockTime);
            FarmSnapshot.UpstreamView upstream = farm.upstream();
            FarmJson.upstream(
                    out,
                    new FarmSnapshot.UpstreamView(
                            upstream.up(),
                            upstream.problem(),
                            upstream.lastConfirmed(),
                            upstream.errors().stream().limit(LATEST_ERRORS).toList()));
            FarmJson.store(out, farm.store());
            out.object("round", farm.current(), info -> round(out, farm, info));
            out.object("farm", () -> farm(out, farm));
        });
    }

    private static void round(JsonWriter out, FarmSnapshot farm, MiningInfo info) {
        out.unsigned("height", info.height());
        out.text("blockHash", info.blockHash());
        out.unsigned("baseTarget", info.baseTarget());
        out.seconds("ageSecs", farm.roundAge());
        Optional<RoundProgress> progress =
                farm.progress().filter(there -> there.blockHash().equals(info.blockHash()));
        progress.ifPresentOrElse(there -> FarmJson.counts(out, there.counts()), () -> out.none("counts"));
        out.object("best", farm.best(), best -> best(out, best, FarmJson.recordOfBest(farm)));
        out.object(
                "lastRejection",
                progress.map(RoundProgress::lastRejection)
                        .filter(rejection -> !rejection.equals(RoundProgress.Rejection.NONE)),
                rejection -> {
                    out.text("machineId", rejection.machine());
                    out.text("accountId", rejection.accountId());
                    out.text("words", rejection.words());
                });
    }

    private static void best(JsonWriter out, FarmSnapshot.RoundBest best, Optional<RoundProgress.Best> same) {
        Fate fate = same.map(RoundProgress.Best::fate).orElse(best.fate());
        out.unsigned("rawQuality", best.rawQuality());
        out.unsigned("pocTime", best.pocTime());
        out.text("accountId", best.accountId());
        out.text("machineId", best.machine());
        out.text("fate", JsonNames.of(fate));
        out.flag("inFlight", same.map(RoundProgress.Best::inFlight).orElse(false));
        out.text("words", same.map(RoundProgress.Best::words).orElse(""));
    }

    private static void farm(JsonWriter out, FarmSnapshot farm) {
        FarmSnapshot.Certainty certainty = farm.certainty();
        out.finite("capacityTib", farm.totalCapacityTib());
        out.finite("capacityLowTib", certainty.interval().lowTib());
        out.finite("capacityHighTib", certainty.interval().highTib());
        out.number("rounds", certainty.rounds());
        out.number("missedRounds", certainty.missedRounds());
        out.finite("networkCapacityTib", farm.networkCapacityTib());
        out.finite("networkShare", farm.totalCapacityTib() / farm.networkCapacityTib());
        out.number("machines", farm.machines().size());
        out.number("activeMachines", farm.activeMachines());
        out.number("accounts", farm.accounts().size());
        List<String> silent = farm.machines().stream()
                .filter(machine -> machine.silent() || !machine.active())
                .map(FarmSnapshot.Machine::id)
                .toList();
        out.number("silentMachines", silent.size());
        out.texts("silent", silent.stream().limit(NAMED).toList());
        List<String> suspect = farm.machines().stream()
                .filter(FarmSnapshot.Machine::suspect)
                .map(FarmSnapshot.Machine::id)
                .toList();
        out.number("suspectMachines", suspect.size());
        out.texts("suspect", suspect.stream().limit(NAMED).toList());
        out.number("badPlots", farm.verification().badPlots().size());
        out.number("badNonces", farm.verification().bad());
        List<String> dropped = farm.machines().stream()
                .map(FarmSnapshot.Machine::id)
                .filter(id -> farm.findings().drop(id).isPresent())
                .toList();
        out.number("droppedMachines", dropped.size());
        out.texts("dropped", dropped.stream().limit(NAMED).toList());
        out.number("overlaps", farm.findings().overlaps().size());
        FarmJson.counts(out, farm.counts());
    }
}
