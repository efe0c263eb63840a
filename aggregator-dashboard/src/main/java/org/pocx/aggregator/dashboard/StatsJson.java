package org.pocx.aggregator.dashboard;

import java.util.stream.Stream;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.dashboard.json.CapacityJson;
import org.pocx.aggregator.dashboard.json.FarmJson;
import org.pocx.aggregator.dashboard.json.JsonNames;
import org.pocx.aggregator.dashboard.json.JsonWriter;
import org.pocx.aggregator.statistics.Capacity;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.history.RoundProgress;

/**
 * A {@link FarmSnapshot} as the JSON of {@code /stats}.
 *
 * <p>Names and nesting are those of the other aggregator, because programs read them; our own members come at the end
 * of each object. 64-bit integers are written unsigned and exactly; infinite and unknown values are null, except where the
 * other aggregator always has a value: its page reads these without a check. Stateless and thread-safe.
 */
public final class StatsJson {
    private static final String UNKNOWN_CAPACITY = "N/A";

    private StatsJson() {}

    /**
     * {@return the snapshot as UTF-8 JSON}
     *
     * @param farm the snapshot to show
     */
    public static byte[] render(FarmSnapshot farm) {
        return JsonWriter.render(out -> {
            asTheOtherAggregator(out, farm);
            out.time("at", farm.at());
            out.number("silentMachines", farm.silentMachines());
            out.object("round", farm.current(), info -> round(out, farm, info));
            out.object("capacity", () -> capacity(out, farm.certainty()));
            FarmJson.counts(out, farm.counts());
            FarmJson.upstream(out, farm.upstream());
            FarmJson.store(out, farm.store());
        });
    }

    private static void asTheOtherAggregator(JsonWriter out, FarmSnapshot farm) {
        out.number("uniqueMiners", farm.accounts().size());
        out.number("uniqueMachines", farm.machines().size());
        out.number("activeMachines", farm.activeMachines());
        out.unsigned("currentHeight", height(farm));
        out.seconds("uptimeSecs", farm.uptime());
        out.text("totalCapacity", capacityText(farm, farm.totalCapacityTib()));
        out.text("networkCapacity", capacityText(farm, farm.networkCapacityTib()));
        out.object("currentBlockBest", () -> currentBlockBest(out, farm));
        out.objects("machines", farm.machines(), machine -> {
            FarmJson.machineHead(out, machine);
            FarmJson.parts(out, "accounts", "accountId", machine.accounts());
            FarmJson.machineTail(out, machine);
            CapacityJson.members(out, farm, machine);
        });
        out.objects("accounts", farm.accounts(), account -> {
            FarmJson.accountHead(out, account);
            FarmJson.parts(out, "machines", "machineId", account.machines());
            FarmJson.accountTail(out, account);
        });
    }

    /** 0 before the first round. */
    private static long height(FarmSnapshot farm) {
        return farm.current().map(MiningInfo::height).orElse(0L);
    }

    private static String capacityText(FarmSnapshot farm, double tib) {
        return farm.current().isPresent() && Double.isFinite(tib) ? Capacity.text(tib) : UNKNOWN_CAPACITY;
    }

    /** Always an object, with the height: as long as the round has no nonce, the other members are null. */
    private static void currentBlockBest(JsonWriter out, FarmSnapshot farm) {
        farm.best().ifPresentOrElse(best -> best(out, farm, best), () -> {
            out.unsigned("height", height(farm));
            Stream.of("bestPocTime", "bestRawQuality", "bestAccountId", "bestMachineId", "fate").forEach(out::none);
        });
    }

    private static void best(JsonWriter out, FarmSnapshot farm, FarmSnapshot.RoundBest best) {
        out.unsigned("height", best.height());
        out.unsigned("bestPocTime", best.pocTime());
        out.unsigned("bestRawQuality", best.rawQuality());
        out.text("bestAccountId", best.accountId());
        out.text("bestMachineId", best.machine());
        out.text("fate", JsonNames.of(FarmJson.recordOfBest(farm)
                .map(RoundProgress.Best::fate)
                .orElse(best.fate())));
    }

    private static void round(JsonWriter out, FarmSnapshot farm, MiningInfo info) {
        out.unsigned("height", info.height());
        out.text("blockHash", info.blockHash());
        out.unsigned("baseTarget", info.baseTarget());
        out.seconds("ageSecs", farm.roundAge());
        farm.progress()
                .filter(progress -> progress.blockHash().equals(info.blockHash()))
                .ifPresent(progress -> FarmJson.counts(out, progress.counts()));
    }

    private static void capacity(JsonWriter out, FarmSnapshot.Certainty certainty) {
        out.finite("lowTib", certainty.interval().lowTib());
        out.finite("highTib", certainty.interval().highTib());
        out.number("rounds", certainty.rounds());
        out.number("missedRounds", certainty.missedRounds());
    }
}
